import { spawn } from 'node:child_process';
import type { Part } from './part.js';
import { programFile } from './spawn-program.js';

/** What the keeper is told, one JSON line each. */
export type KeeperNote = { pid: number; signal: NodeJS.Signals } | { folder: string } | { done: true };

export interface Keeper {
  /** Ends this part once its starter is gone; parts are ended in reverse order. Tell it again after a restart. */
  keep(part: Pick<Part, 'pid' | 'stopSignal'>): void;
  /** Removes this folder afterwards. */
  remove(folder: string): void;
  /** All has been ended in good order: the keeper goes without touching anything. */
  release(): Promise<void>;
}

/**
 * A process of its own that waits at the end of a pipe. However its starter ends, even by kill -9, the system closes the
 * pipe, and the keeper ends what was noted. So a killed starter leaves nothing behind.
 */
export function startKeeper(): Keeper {
  const keeper = spawn(process.execPath, [programFile('keeper')], { detached: true, stdio: ['pipe', 'ignore', 'inherit'] });
  keeper.unref();
  keeper.stdin.on('error', () => {}); // Somebody ended the keeper itself; the starter goes on without it.
  const tell = (note: KeeperNote) => void keeper.stdin.write(`${JSON.stringify(note)}\n`);
  return {
    keep: ({ pid, stopSignal }) => tell({ pid, signal: stopSignal }),
    remove: (folder) => tell({ folder }),
    async release() {
      if (keeper.exitCode !== null || keeper.signalCode !== null) return;
      const ended = new Promise((resolve) => keeper.once('exit', resolve));
      tell({ done: true });
      keeper.stdin.end();
      await ended;
    },
  };
}
