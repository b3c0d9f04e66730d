#!/usr/bin/env node
// The one entry of every npm script. Runs under whatever Node (20 or newer) is there, brings the Node and pnpm that the
// project pins, installs and builds, and hands over to the command. Uses nothing but Node's own modules: nothing else is
// installed yet when it starts.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const nodeVersion = '24.21.0';
const pnpmVersion = '12.21.0';
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'dvmm', 'tools');

const commands = {
  start: 'deploy/local/dist/start.js',
  dev: 'deploy/local/dist/dev.js',
  reset: 'deploy/local/dist/reset.js',
  token: 'deploy/local/dist/token.js',
  logs: 'deploy/local/dist/logs.js',
  test: 'deploy/local/dist/test.js',
  check: 'deploy/local/dist/check.js',
  bench: 'deploy/local/dist/bench.js',
  'audit:verify': 'deploy/local/dist/audit-verify.js',
};

const [command, ...rest] = process.argv.slice(2);
if (!(command in commands)) {
  console.error(`Unknown command ${command ?? ''}. There are: ${Object.keys(commands).join(', ')}.`);
  process.exit(2);
}

const started = Date.now();
const tools = bringToolchain();
const env = { ...process.env, PATH: `${tools}/node_modules/.bin:${process.env.PATH}` };
installAndBuild();
handOver();

function say(line) {
  if (command === 'start' || command === 'test')
    console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);
}

function fail(what, log) {
  console.error(`${what}${log ? `\n${log}` : ''}`);
  process.exit(1);
}

/** Node and pnpm as npm packages, once a machine and version; two checkouts may do this at once. */
function bringToolchain() {
  const folder = join(cache, `node-${nodeVersion}-pnpm-${pnpmVersion}`);
  if (existsSync(join(folder, 'node_modules/.bin/pnpm'))) return folder;
  say(`Bringing Node ${nodeVersion} and pnpm ${pnpmVersion} from the npm registry`);
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'new-'));
  writeFileSync(join(fresh, 'package.json'), '{"private":true}');
  const packages = [`node@${nodeVersion}`, `pnpm@${pnpmVersion}`];
  const npm = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error', ...packages],
    {
      cwd: fresh,
      encoding: 'utf8',
    },
  );
  if (npm.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    fail('Node and pnpm could not be fetched from the npm registry; check the network and try again.', npm.stderr);
  }
  try {
    renameSync(fresh, folder);
  } catch {
    rmSync(fresh, { recursive: true, force: true }); // Another checkout was faster.
  }
  return folder;
}

function installAndBuild() {
  const lock = readFileSync(join(root, 'pnpm-lock.yaml'));
  const mark = join(root, 'node_modules/.installed');
  const wanted = createHash('sha256').update(lock).update(nodeVersion).digest('hex');
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== wanted) {
    run('Installing packages', 'pnpm', ['install', '--frozen-lockfile', '--reporter=append-only']);
    writeFileSync(mark, wanted);
  }
  run('Building', 'pnpm', ['exec', 'turbo', 'build', '--output-logs=errors-only']);
}

function run(what, program, args) {
  say(what);
  const done = spawnSync(program, args, {
    cwd: root,
    env: { ...env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
    encoding: 'utf8',
  });
  if (done.status !== 0) fail(`${what} failed.`, `${done.stdout}${done.stderr}`.split('\n').slice(-60).join('\n'));
}

/** The command runs in the foreground's process group and gets its signals; this process only waits and passes the end on. */
function handOver() {
  const child = spawn(
    join(tools, 'node_modules/.bin/node'),
    ['--enable-source-maps', join(root, commands[command]), ...rest],
    {
      cwd: root,
      env: { ...env, DVMM_STARTED: String(started) },
      stdio: 'inherit',
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // Ctrl-C reaches the child from the terminal; the others are passed on.
    process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
  }
  // Killed with npm or the terminal: the child must not outlive us.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
