import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { scratchFolder } from './scratch-folder.js';

const folder = scratchFolder();
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const reporter = pathToFileURL(join(import.meta.dirname, '..', 'dist', 'summary-reporter.js')).href;

it('counts what passed, failed and was skipped, and a file that does not load as failed', () => {
  const files = {
    'a.test.js': "it('a', () => {}); it('b', () => { throw new Error('b'); }); it.skip('c', () => {});",
    'b.test.js': "it('d', () => {}); throw new Error('does not load');",
  };
  expect(lastLineOf('counts', files)).toBe('1 passed, 2 failed, 1 skipped');
});

it('calls nothing a success whose set-up failed', () => {
  const files = {
    'a.test.js': "it('a', () => {});",
    'setup.js': "export default () => { throw new Error('no database'); };",
  };
  expect(lastLineOf('setup', files, "globalSetup: ['./setup.js'],")).toBe('0 passed, 1 failed');
});

it('says so when all is well', () => {
  expect(lastLineOf('well', { 'a.test.js': "it('a', () => {});" })).toBe('1 passed, 0 failed');
});

function lastLineOf(name: string, files: Record<string, string>, settings = ''): string | undefined {
  const root = join(folder, name);
  mkdirSync(root);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(root, file), content);
  const config = `import { SummaryReporter } from ${JSON.stringify(reporter)};
export default { test: { globals: true, ${settings} reporters: ['default', new SummaryReporter()] } };`;
  writeFileSync(join(root, 'vitest.config.mjs'), config);
  const { stdout } = spawnSync(process.execPath, [vitest, 'run', '--root', root], { encoding: 'utf8', cwd: root });
  return stdout.trim().split('\n').at(-1);
}
