import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { contracts } from '../all.js';
import * as exported from '../index.js';
import { asyncApiOf } from './asyncapi.js';
import { errorsMd } from './errors-md.js';
import { portalRoutesOf } from './portal-routes.js';

/** Every file that is made from the contracts. */
const generated = [
  { path: fileURLToPath(new URL('../../asyncapi.yaml', import.meta.url)), text: asyncApiOf(contracts) },
  { path: fileURLToPath(new URL('../../../docs/errors.md', import.meta.url)), text: errorsMd(contracts) },
  {
    path: fileURLToPath(new URL('../../../frontend/src/api/routes.ts', import.meta.url)),
    text: portalRoutesOf(exported),
  },
];

/** `--check` compares and exits 1 on a difference; without it the files are written. */
if (process.argv.includes('--check')) {
  const stale = generated.filter(({ path, text }) => readIfThere(path) !== text);
  for (const { path } of stale)
    console.error(`${path} is not what the contracts say; run: node contracts/dist/generate/main.js`);
  process.exit(stale.length > 0 ? 1 : 0);
} else {
  for (const { path, text } of generated) writeFileSync(path, text);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
