import { setTimeout as pause } from 'node:timers/promises';

/** Waits for what others do, and gives what was seen. What the look throws ends the waiting: sessions ask again by themselves. */
export async function until<T>(what: string, look: () => Promise<T | undefined>, timeoutMs = 60_000): Promise<T> {
  for (const end = Date.now() + timeoutMs; ; await pause(250)) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > end) throw new Error(`Waited ${timeoutMs / 1_000} s for ${what}`);
  }
}
