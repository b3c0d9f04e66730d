import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { eventually } from './eventually.js';

/** A program that runs on loopback. */
export interface Part {
  readonly pid: number;
  /** What asks this program to end in good order. */
  readonly stopSignal: NodeJS.Signals;
  /** Ends it in good order; after ten seconds by force. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

export interface PartOptions {
  readonly name: string;
  readonly logFile: string;
  /** A process group of its own, so that Ctrl-C reaches the starter alone and the parts are ended in order. */
  readonly detached?: boolean;
  readonly stopSignal?: NodeJS.Signals;
  /** Asked until it answers true; the program's early end fails at once. */
  readonly isReady: () => Promise<boolean> | boolean;
  readonly timeoutMs?: number;
  readonly spawn?: SpawnOptions;
}

/**
 * Starts a program with its output in a log file and waits until it is ready.
 * @throws Error with the end of its log when it ends early or is not ready in time
 */
export async function startPart(program: string, args: readonly string[], options: PartOptions): Promise<Part> {
  const log = openSync(options.logFile, 'a', 0o600);
  const child = spawn(program, args, {
    ...options.spawn,
    detached: options.detached ?? false,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const stopSignal = options.stopSignal ?? 'SIGTERM';
  const part: Part = {
    pid: child.pid ?? -1,
    stopSignal,
    async stop() {
      if (hasEnded(child)) return;
      child.kill(stopSignal);
      const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(force);
    },
    async kill() {
      if (hasEnded(child)) return;
      child.kill('SIGKILL');
      await ended;
    },
  };
  try {
    const state = await Promise.race([
      failed,
      eventually(async () => (hasEnded(child) ? 'ended' : (await options.isReady()) && 'ready'), {
        timeoutMs: options.timeoutMs ?? 30_000,
        what: `${options.name} being ready`,
      }),
    ]);
    if (state === 'ended') throw new Error('it ended at once');
  } catch (error) {
    await part.kill();
    throw new Error(`${options.name} did not start: ${(error as Error).message}\n${endOf(options.logFile)}`, { cause: error });
  }
  if (!options.detached) child.unref();
  return part;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

function endOf(logFile: string): string {
  return readFileSync(logFile, 'utf8').split('\n').slice(-15).join('\n');
}
