import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { eventually } from './eventually.js';
import { prepareFolder } from './folder.js';
import { endWithThisProcess } from './keeper.js';

/** A program that runs on loopback. */
export interface Part {
  readonly pid: number;
  /** What asks this program to end in good order. */
  readonly stopSignal: NodeJS.Signals;
  /** Ends it in good order; after ten seconds by force. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Tells when it has ended though nobody here asked it to. Never resolves for one that was stopped or killed. */
  readonly endedByItself?: Promise<void>;
}

export interface PartOptions {
  readonly name: string;
  readonly logFile: string;
  /** A process group of its own, so that Ctrl-C reaches the starter alone, which then ends its parts in order. */
  readonly detached?: boolean;
  readonly stopSignal?: NodeJS.Signals;
  /** Asked until it answers true, with what this start has logged so far; the program's early end fails at once. */
  readonly isReady: (log: () => string) => Promise<boolean> | boolean;
  readonly timeoutMs?: number;
  /** An early end whose log holds this text is not the last word: it is started again. */
  readonly tryAgainOn?: string;
  readonly spawn?: SpawnOptions;
}

/**
 * Starts a program with its output in a log file and waits until it is ready.
 * @throws Error with the end of its log when it ends early or is not ready in time
 */
export async function startPart(program: string, args: readonly string[], options: PartOptions): Promise<Part> {
  prepareFolder(dirname(options.logFile), `${options.name}'s log`);
  const end = Date.now() + (options.timeoutMs ?? 30_000);
  for (;;) {
    const before = statSync(options.logFile, { throwIfNoEntry: false })?.size ?? 0;
    const log = () => readFileSync(options.logFile).subarray(before).toString();
    const child = spawnLogged(program, args, options);
    const part = partOf(child, options.stopSignal ?? 'SIGTERM');
    try {
      await untilReady(child, options, log, end - Date.now());
      child.unref();
      return part;
    } catch (error) {
      await part.kill();
      if (options.tryAgainOn && log().includes(options.tryAgainOn) && Date.now() < end) continue;
      const lines = log().trim().split('\n').slice(-15);
      throw new Error([`${options.name} did not start: ${(error as Error).message}`, ...lines].join('\n'), {
        cause: error,
      });
    }
  }
}

function spawnLogged(program: string, args: readonly string[], options: PartOptions): ChildProcess {
  const log = openSync(options.logFile, 'a', 0o600);
  const child = spawn(program, args, {
    ...options.spawn,
    detached: options.detached ?? false,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  endWithThisProcess(child, options.stopSignal ?? 'SIGTERM');
  return child;
}

function partOf(child: ChildProcess, stopSignal: NodeJS.Signals): Part {
  let asked = false;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const endedByItself = new Promise<void>((resolve) => child.once('exit', () => asked || resolve()));
  const end = async (signal: NodeJS.Signals) => {
    if (hasEnded(child)) return;
    asked = true;
    child.kill(signal);
    const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(force);
  };
  return { pid: child.pid ?? -1, stopSignal, stop: () => end(stopSignal), kill: () => end('SIGKILL'), endedByItself };
}

async function untilReady(
  child: ChildProcess,
  options: PartOptions,
  log: () => string,
  timeoutMs: number,
): Promise<void> {
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const look = async () => (hasEnded(child) ? 'ended' : (await options.isReady(log)) && 'ready');
  const state = await Promise.race([failed, eventually(look, { timeoutMs, what: 'being ready' })]);
  if (state === 'ended') throw new Error('it ended at once');
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}
