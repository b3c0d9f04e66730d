import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { KeeperNote } from '../keeper.js';

// Ctrl-C in the terminal is for the starter: it ends its parts in order, and only then is the pipe closed.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});

const notes: KeeperNote[] = [];
for await (const line of createInterface({ input: process.stdin })) notes.push(JSON.parse(line) as KeeperNote);

if (!notes.some((note) => 'done' in note)) {
  const parts = notes.filter((note) => 'pid' in note).reverse();
  for (const { pid, signal } of parts) await end(pid, signal);
  for (const note of notes) if ('folder' in note) rmSync(note.folder, { recursive: true, force: true });
}

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

/** To its process group where it leads one, so that its children go, too. False when there is nobody any more. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  for (const target of [-pid, pid]) {
    try {
      return process.kill(target, signal);
    } catch {
      // Leads no group, or has ended.
    }
  }
  return false;
}
