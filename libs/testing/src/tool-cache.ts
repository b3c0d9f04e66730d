import { mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { prepareFolder } from './folder.js';

/** Shared by all checkouts of a user. */
function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'eaf', 'tools');
}

export function cachedProgram(name: string, version: string): string {
  return join(cacheFolder(), `${name}-${version}`, name);
}

/**
 * Brings a program into a folder of its own and renames that, so that two checkouts looking at once do not break each
 * other and a killed build leaves nothing that looks finished.
 */
export async function bringIntoCache(
  name: string,
  version: string,
  bring: (folder: string) => Promise<void>,
  tick: (seconds: number) => void,
): Promise<string> {
  prepareFolder(cacheFolder(), 'the cache of tools');
  removeLeftovers();
  const fresh = mkdtempSync(join(cacheFolder(), 'new-'));
  const started = Date.now();
  const elapsed = () => Math.round((Date.now() - started) / 1000);
  tick(0);
  const ticking = setInterval(() => tick(elapsed()), 2_000);
  try {
    await bring(fresh);
    statSync(join(fresh, name)); // A source that gave something else must not be taken for the program.
    takeOver(fresh, join(cacheFolder(), `${name}-${version}`), name);
    tick(elapsed());
    return cachedProgram(name, version);
  } finally {
    clearInterval(ticking);
    rmSync(fresh, { recursive: true, force: true });
  }
}

function takeOver(fresh: string, final: string, name: string): void {
  try {
    renameSync(fresh, final);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    // Another process was first. Its program may be running already, so it is replaced only where it is missing.
    if (!readdirSync(final).includes(name)) renameSync(join(fresh, name), join(final, name));
  }
}

/** Of builds that were killed; a living one is never a day old. */
function removeLeftovers(): void {
  const dayAgo = Date.now() - 86_400_000;
  for (const entry of readdirSync(cacheFolder())) {
    const folder = join(cacheFolder(), entry);
    if (entry.startsWith('new-') && (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? dayAgo) < dayAgo) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
