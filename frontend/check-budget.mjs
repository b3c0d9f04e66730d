// What a browser must load before the first screen, and what each further page adds, in kB of gzip, against the budget.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const budget = { first: 170, page: 60 };
const dist = join(dirname(fileURLToPath(import.meta.url)), 'dist');
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));

/** A chunk and all that it cannot run without. */
function withImports(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const imported of manifest[key].imports ?? []) withImports(imported, seen);
  return seen;
}
const kilobytes = (keys) =>
  [...keys].reduce((sum, key) => sum + readFileSync(join(dist, `${manifest[key].file}.gz`)).length, 0) / 1_000;

const catalogue = Object.keys(manifest).find((key) => key.endsWith('catalogue/de.po'));
const home = 'src/app/home.tsx';
const first = new Set([...withImports('index.html'), ...withImports(catalogue), ...withImports(home)]);
const pages = Object.keys(manifest).filter(
  (key) => manifest[key].isDynamicEntry && key.endsWith('.tsx') && key !== home,
);
const rows = [
  ['first screen', kilobytes(first), budget.first],
  ...pages.map((key) => [
    key.replace('src/features/', ''),
    kilobytes([...withImports(key)].filter((chunk) => !first.has(chunk))),
    budget.page,
  ]),
];
for (const [what, size, most] of rows)
  console.log(
    `${size <= most ? 'ok    ' : 'OVER  '} ${String(what).padEnd(48)} ${size.toFixed(1).padStart(6)} kB of ${most}`,
  );
process.exit(rows.every(([, size, most]) => size <= most) ? 0 : 1);
