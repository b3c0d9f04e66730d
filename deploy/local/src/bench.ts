import { mkdtempSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bringPeers } from './bench/bring-peers.js';
import { type Figure, figures } from './bench/figures.js';
import { type FigureResult, measure } from './bench/measure.js';
import { printFigure } from './bench/print.js';

const help = `npm run bench [-- <figure>…] [--quick] [--json] [--rounds <n>]
Measures ratios between our code and a baseline in the same run; absolute times are this machine's.
Each peer is a process of its own; rounds are interleaved. "not decided" = the rounds differ by more than the goal is away.

  --quick       smaller rounds, under three minutes in all
  --json        one JSON document on standard output instead of tables
  --rounds <n>  5 or more; default 5

Figures:
${figures.map(({ name, says }) => `  ${name.padEnd(10)}  ${says}`).join('\n')}`;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(help);
  process.exit(0);
}
const rounds = Number(options.rounds);
if (!Number.isInteger(rounds) || rounds < 5) end('--rounds must be a whole number of 5 or more.');
const unknown = positionals.filter((name) => !figures.some((figure) => figure.name === name));
if (unknown.length > 0)
  end(`Unknown figure ${unknown.join(', ')}. There are: ${figures.map(({ name }) => name).join(', ')}.`);
const chosen = figures.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

const folder = mkdtempSync(join(tmpdir(), 'dvmm-bench-'));
await chmod(folder, 0o711); // Passable: PostgreSQL runs as a user of its own where we are root.
const say = (line: string) => process.stderr.write(`${line}\n`);
try {
  await bringPeers(chosen, say);
  const results: FigureResult[] = [];
  for (const figure of chosen) results.push(await measureAndPrint(figure));
  if (options.json) console.log(JSON.stringify({ quick: options.quick, rounds, figures: results }, null, 2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);

async function measureAndPrint(figure: Figure): Promise<FigureResult> {
  const size = options.quick ? figure.size.quick : figure.size.full;
  const result = await measure(figure, { rounds, size, dir: join(folder, figure.name), say });
  if (!options.json) printFigure(figure, result);
  return result;
}

function end(message: string): never {
  console.error(message);
  process.exit(2);
}
