import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { KeeperNote } from '../keeper.js';

// Signals are for the starter: it ends its programs itself, and what is left when it has gone is done here.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

const programs = new Map<number, NodeJS.Signals>();
const folders: string[] = [];
for await (const line of createInterface({ input: process.stdin })) {
  const note = JSON.parse(line) as KeeperNote;
  if ('keep' in note) programs.set(note.keep, note.signal);
  else if ('forget' in note) programs.delete(note.forget);
  else folders.push(note.remove);
}
for (const [pid, signal] of [...programs].reverse()) await end(pid, signal);
for (const folder of folders) rmSync(folder, { recursive: true, force: true });

/** In good order, and after three seconds by force. */
async function end(pid: number, signal: NodeJS.Signals): Promise<void> {
  send(pid, signal);
  const force = Date.now() + 3_000;
  // Not for ever: where nobody reaps orphans, as in some containers, an ended process still answers.
  while (send(pid, 0) && Date.now() < force + 1_000) {
    if (Date.now() > force) send(pid, 'SIGKILL');
    await pause(50);
  }
}

/** False when there is nobody any more. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
