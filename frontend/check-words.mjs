// The catalogues hold every message of the code, no other, and each in German. Exits 1 with what to do otherwise.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const files = ['de', 'en'].map((language) => join(here, `src/words/catalogue/${language}.po`));
const before = files.map((file) => readFileSync(file, 'utf8'));
const extract = spawnSync(join(here, 'node_modules/.bin/lingui'), ['extract', '--clean'], {
  cwd: here,
  encoding: 'utf8',
});
const after = files.map((file) => readFileSync(file, 'utf8'));
files.forEach((file, index) => writeFileSync(file, before[index] ?? ''));
if (extract.status !== 0) {
  console.error(extract.stdout + extract.stderr);
  process.exit(1);
}
const stale = before.some((text, index) => text !== after[index]);
if (stale) console.error('The catalogues are not those of the code; run: pnpm --filter @dvmm/frontend words');
const missing = [...(after[0] ?? '').matchAll(/msgid ((?:"(?:[^"\\]|\\.)*"\n)+)msgstr ""\n(?!")/g)].filter(
  ([, id]) => id !== '""\n',
);
for (const [, id] of missing) console.error(`No German for ${id?.trim()}`);
process.exit(stale || missing.length > 0 ? 1 : 0);
