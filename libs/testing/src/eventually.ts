import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until `look` answers something other than undefined or false. The one way a test waits: for a condition, never for time.
 * @throws Error with what was last seen, after `timeoutMs` (default 15,000)
 */
export async function eventually<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  { timeoutMs = 15_000, what = 'the condition' }: { timeoutMs?: number; what?: string } = {},
): Promise<T> {
  const end = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const seen = await look();
      if (seen !== undefined && seen !== false) return seen;
      last = seen;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      const seen = last instanceof Error ? last.message : JSON.stringify(last);
      throw new Error(`${what} did not come true within ${timeoutMs} ms; last seen: ${seen}`, { cause: last });
    }
    await pause(50);
  }
}
