import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { removeWithThisProcess } from '../src/keeper.js';

/** A folder of this test file's own, gone after it, also when the run is killed. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'eaf-parts-'));
  removeWithThisProcess(folder);
  chmodSync(folder, 0o711); // Passable for PostgreSQL's own user.
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
