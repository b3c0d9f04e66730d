import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';

/**
 * Makes a folder that can be written and has room.
 * @throws Error with one sentence that names the folder and what needs it
 */
export function prepareFolder(path: string, what: string, { mode = 0o700, megabytes = 50 } = {}): void {
  try {
    mkdirSync(path, { recursive: true, mode });
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw new Error(`The folder ${path}, which ${what} needs, cannot be written (${(error as Error).message}).`, {
      cause: error,
    });
  }
  const { bavail, bsize } = statfsSync(path);
  const free = Math.floor((bavail * bsize) / 1_048_576);
  if (free < megabytes)
    throw new Error(`The disk that holds ${path} is full: ${what} needs ${megabytes} MB, and ${free} MB are free.`);
}
