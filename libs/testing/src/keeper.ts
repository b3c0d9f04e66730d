import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What the keeper is told, one JSON line each. */
export type KeeperNote = { keep: number; signal: NodeJS.Signals } | { forget: number } | { remove: string };

let keeper: ChildProcess | undefined;

/**
 * However this process ends, even by kill -9, the noted programs are ended after it in reverse order: the system then
 * closes the pipe that the keeper, a process of its own, reads from.
 */
export function endWithThisProcess(program: ChildProcess, signal: NodeJS.Signals): void {
  const { pid } = program;
  if (pid === undefined) return;
  tell({ keep: pid, signal });
  program.once('exit', () => tell({ forget: pid })); // Its number may be another program's soon.
}

/** Removed once this process and its programs have ended. */
export function removeWithThisProcess(folder: string): void {
  tell({ remove: folder });
}

function tell(note: KeeperNote): void {
  keeper ??= startKeeper();
  keeper.stdin?.write(`${JSON.stringify(note)}\n`);
}

function startKeeper(): ChildProcess {
  // In dist also when this file is run from src, as in this package's own tests.
  const program = fileURLToPath(new URL('../dist/programs/keeper.js', import.meta.url));
  const started = spawn(process.execPath, [program], { detached: true, stdio: ['pipe', 'ignore', 'inherit'] });
  started.stdin.on('error', () => {}); // Somebody ended the keeper itself; we go on without it.
  started.unref();
  return started;
}
