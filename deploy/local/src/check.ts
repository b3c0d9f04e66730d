import { join } from 'node:path';
import { services } from '@dvmm/contracts';
import { lintMigrations, type MigrationSource } from '@eaf/migrations';
import { root } from './folder.js';
import { runTool } from './run-tool.js';

const bin = (name: string) => join(root, 'node_modules/.bin', name);

/** Each must pass; all run, so that one fault does not hide the next. */
const checks: [string, () => Promise<number>][] = [
  ['types of tests', () => runTool(bin('tsc'), ['-p', 'tsconfig.tests.json'])],
  ['types of the portal', () => runTool(bin('tsc'), ['-p', 'frontend'])],
  ['lint and format', () => runTool(bin('biome'), ['ci', '--reporter=summary', '.'])],
  ['import boundaries', () => runTool(process.execPath, [join(root, 'deploy/local/boundaries.mjs')])],
  ['unused code and dependencies', () => runTool(bin('knip'), ['--no-progress', '--no-config-hints'])],
  ['generated files', () => runTool(process.execPath, [join(root, 'contracts/dist/generate/main.js'), '--check'])],
  ['OpenAPI', () => runTool(process.execPath, [join(root, 'services/gateway/dist/openapi/write.js'), '--check'])],
  ["the portal's words", () => runTool(process.execPath, [join(root, 'frontend/check-words.mjs')])],
  ["the portal's weight", () => runTool(process.execPath, [join(root, 'frontend/check-budget.mjs')])],
  [
    'rights in the NATS container',
    () => runTool(process.execPath, [join(root, 'deploy/local/dist/compose-nats.js'), '--check']),
  ],
  ['migrations', lintAll],
];

const failed: string[] = [];
for (const [what, check] of checks) {
  const began = Date.now();
  const code = await check();
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${what}  ${((Date.now() - began) / 1000).toFixed(1)} s`);
  if (code !== 0) failed.push(what);
}
process.exit(failed.length === 0 ? 0 : 1);

async function lintAll(): Promise<number> {
  const sources = await Promise.all(
    services.map(
      async (service) =>
        ((await import(`@dvmm/${service}/migrations`)) as { migrations: MigrationSource[] }).migrations,
    ),
  );
  const byFolder = new Map(sources.flat().map((source) => [source.directory, source]));
  const faults = lintMigrations([...byFolder.values()], bin('squawk'));
  for (const fault of faults) console.error(fault);
  return faults.length === 0 ? 0 : 1;
}
