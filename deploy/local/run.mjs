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
  parked: 'deploy/local/dist/parked.js',
  'demo:remove': 'deploy/local/dist/demo-remove.js',
  screenshots: 'deploy/local/dist/screenshots.js',
  'audit:verify': 'deploy/local/dist/audit-verify.js',
};

const [command, ...rest] = process.argv.slice(2);
if (!(command in commands)) {
  console.error(`Unknown command ${command ?? ''}. There are: ${Object.keys(commands).join(', ')}.`);
  process.exit(2);
}

const started = Date.now();
/** What others read the output of, such as a token, has nothing but its answer there. */
const quiet = !['start', 'test', 'dev', 'check', 'bench'].includes(command);
const tools = await bringToolchain();
const env = { ...process.env, PATH: `${tools}/node_modules/.bin:${process.env.PATH}` };
await installAndBuild();
handOver();

function say(line) {
  if (quiet) return;
  console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);
}

function fail(what, log) {
  console.error(`${what}${log ? `\n${log}` : ''}`);
  process.exit(1);
}

/** Node and pnpm as npm packages, once a machine and version; two checkouts may do this at once. */
async function bringToolchain() {
  const folder = join(cache, `node-${nodeVersion}-pnpm-${pnpmVersion}`);
  if (existsSync(join(folder, 'node_modules/.bin/pnpm'))) return folder;
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'new-'));
  writeFileSync(join(fresh, 'package.json'), '{"private":true}');
  const install = ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error', '--fetch-retries=1'];
  const packages = [`node@${nodeVersion}`, `pnpm@${pnpmVersion}`];
  const npm = await watched(
    `Bringing Node ${nodeVersion} and pnpm ${pnpmVersion} from the npm registry`,
    'npm',
    [...install, ...packages],
    {
      cwd: fresh,
    },
  );
  if (npm.code !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    const reason =
      npm.output.split('\n').find((line) => line.includes('request to') || line.includes('npm error')) ?? '';
    fail('Node and pnpm could not be fetched from the npm registry; check the network and try again.', reason);
  }
  try {
    renameSync(fresh, folder);
  } catch {
    rmSync(fresh, { recursive: true, force: true }); // Another checkout was faster.
  }
  return folder;
}

async function installAndBuild() {
  const lock = readFileSync(join(root, 'pnpm-lock.yaml'));
  const mark = join(root, 'node_modules/.installed');
  const wanted = createHash('sha256').update(lock).update(nodeVersion).digest('hex');
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== wanted) {
    await mustSucceed('Installing packages', ['install', '--frozen-lockfile', '--reporter=append-only']);
    writeFileSync(mark, wanted);
  }
  await mustSucceed('Building', ['exec', 'turbo', 'build', '--output-logs=errors-only']);
}

async function mustSucceed(what, args) {
  const { code, output } = await watched(what, 'pnpm', args, {
    cwd: root,
    env: { ...env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  });
  if (code !== 0) fail(`${what} failed.`, output.split('\n').slice(-60).join('\n'));
}

/** Runs a program and says every two seconds for how long it has been at it: a line that moves, or lines where nobody watches. */
function watched(what, program, args, options) {
  say(what);
  const began = Date.now();
  const tick = setInterval(() => {
    const line = `${what}, ${Math.round((Date.now() - began) / 1000)} s`;
    if (quiet) return;
    if (process.stdout.isTTY) process.stdout.write(`\r          ${line}`);
    else say(line);
  }, 2_000);
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const end = (code) => {
      clearInterval(tick);
      if (!quiet && process.stdout.isTTY) process.stdout.write('\r\x1b[K');
      resolve({ code, output });
    };
    child.on('error', (error) => {
      output += error.message;
      end(1);
    });
    child.on('close', end);
  });
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
  const above = processesAbove();
  setInterval(() => above.every(isAlive) || child.kill('SIGTERM'), 500).unref();
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

/** Our parent and, where npm has put a shell between itself and us, npm as well: the shell would outlive it. */
function processesAbove() {
  const told = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(process.ppid)], { encoding: 'utf8' }).stdout ?? '';
  const [, npm, command] = /^\s*(\d+)\s+(\S+)/.exec(told) ?? [];
  const throughShell = process.env.npm_lifecycle_event && /sh$/.test(command ?? '');
  return throughShell ? [process.ppid, Number(npm)] : [process.ppid];
}

/** Whether a process above us still runs. An orphan is adopted by another, so a changed parent is an end, too. */
function isAlive(pid, index) {
  if (index === 0) return process.ppid === pid;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
