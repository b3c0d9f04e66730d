import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findTool } from '@eaf/testing';
import { root } from '../folder.js';
import type { Figure } from './figures.js';

const folder = join(root, 'deploy/local/bench-peers');

/**
 * Other people's libraries and programs, brought when a figure is measured against them: they are no part of DVMM.
 * @throws Error with one sentence when they cannot be fetched
 */
export async function bringPeers(chosen: readonly Figure[], say: (line: string) => void): Promise<void> {
  const tools = ['nats-server', ...(chosen.some(({ name }) => name === 'provision') ? ['vcsim', 'govc'] : [])] as const;
  for (const tool of tools) await findTool(tool as 'nats-server' | 'vcsim' | 'govc', say);
  const needsPackages = chosen.some(({ peers }) => Object.values(peers).some((program) => program.startsWith(folder)));
  if (!needsPackages || existsSync(join(folder, 'node_modules/.package-lock.json'))) return;
  say('Bringing emmett-postgresql and graphile-worker from the npm registry');
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (npm.status !== 0) throw new Error(`The peers could not be fetched; check the network.\n${npm.stderr}`);
}
