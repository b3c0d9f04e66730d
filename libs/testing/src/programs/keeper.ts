import { existsSync, readFileSync, rmSync } from 'node:fs';
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
// The last started first: what others stand on goes last. Together it takes no longer than a person waits.
const end = Date.now() + 8_000;
for (const [pid, signal] of [...programs].reverse()) {
  send(pid, signal);
  const patience = Math.min(Date.now() + 3_000, end);
  while (isRunning(pid) && Date.now() < patience) await pause(30);
  send(pid, 'SIGKILL');
  send(-pid, 'SIGKILL'); // What it left behind, where it led a process group.
}
for (const folder of folders) rmSync(folder, { recursive: true, force: true });

/** Orphans that nobody has reaped yet, as in some containers, still answer to signals, but have ended. */
function isRunning(pid: number): boolean {
  if (!send(pid, 0)) return false;
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return existsSync('/proc/self') ? false : send(pid, 0); // macOS has no /proc, and reaps at once.
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
