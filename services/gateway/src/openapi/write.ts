import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from './document.js';

/** Kept in the repository so that a change of the API shows in its diff, and for those who make clients of it. */
const path = fileURLToPath(new URL('../../openapi.json', import.meta.url));
const text = `${JSON.stringify(openApiDocument('https://dvmm.example'), null, 2)}\n`;

/** `--check` compares and exits 1 on a difference; without it the file is written. */
if (process.argv.includes('--check')) {
  const same = existsSync(path) && readFileSync(path, 'utf8') === text;
  if (!same) console.error(`${path} is not what the contracts say; run: node services/gateway/dist/openapi/write.js`);
  process.exit(same ? 0 : 1);
}
writeFileSync(path, text);
