import { execFile, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, existsSync, lstatSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { prepareFolder } from './folder.js';
import type { PostgresBinaries, UnprivilegedUser } from './postgres-binaries.js';

/** A new cluster takes 40 MB, and its write-ahead log more from the first writes on. */
const room = { megabytes: 200 };

/**
 * The folder the data really is in: the wished one, or, when that is closed to the server's user (below /root), one
 * under /var/tmp that is named after it.
 */
export function reachableDataFolder(wished: string, runAs: UnprivilegedUser | undefined): string {
  prepareFolder(wished, 'PostgreSQL', room);
  if (!runAs || isReachable(wished, runAs)) return wished;
  const substitute = join(
    '/var/tmp',
    `eaf-postgres-data-${createHash('sha256').update(wished).digest('hex').slice(0, 12)}`,
  );
  prepareFolder(substitute, 'PostgreSQL', room);
  if (![0, runAs.uid].includes(lstatSync(substitute).uid) || !isReachable(substitute, runAs)) {
    throw new Error(`PostgreSQL's user can reach neither ${wished} nor ${substitute}.`);
  }
  return substitute;
}

function isReachable(folder: string, runAs: UnprivilegedUser): boolean {
  chownSync(folder, runAs.uid, runAs.gid);
  return spawnSync('ls', [folder], runAs).status === 0;
}

/** Makes the cluster unless there is one. Made beside and renamed: a killed initdb leaves nothing that looks finished. */
export async function initialise(
  { initdb, runAs }: PostgresBinaries,
  dataDir: string,
  password: string,
): Promise<void> {
  if (existsSync(join(dataDir, 'PG_VERSION'))) return;
  const fresh = `${dataDir}.new`;
  const passwordFile = join(dirname(dataDir), `.password-${randomBytes(8).toString('hex')}`);
  rmSync(fresh, { recursive: true, force: true });
  prepareFolder(fresh, 'PostgreSQL', room);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  try {
    if (runAs) for (const path of [fresh, passwordFile]) chownSync(path, runAs.uid, runAs.gid);
    const login = ['-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    await promisify(execFile)(initdb, ['-D', fresh, ...login, '--encoding=UTF8', '--locale=C', '--data-checksums'], {
      ...runAs,
      cwd: fresh,
    });
    rmdirSync(dataDir); // Fails when it holds something else: nobody's files are overwritten.
    renameSync(fresh, dataDir);
  } catch (error) {
    throw new Error(`PostgreSQL could not make its data in ${dataDir}: ${(error as Error).message}`, { cause: error });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * After a kill -9 the pid file stays, and a pid that meanwhile runs something else would keep the server from starting.
 * @throws Error when a server really runs over this data
 */
export function clearStalePid(dataDir: string): void {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const [pid = ''] = readFileSync(file, 'utf8').split('\n');
  if (commandOf(pid).includes(dataDir))
    throw new Error(`PostgreSQL runs over ${dataDir} already (process ${pid}); end that first.`);
  rmSync(file);
}

/** Small Linux images have no `ps`, macOS has no /proc. */
function commandOf(pid: string): string {
  if (existsSync('/proc/self'))
    return existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
  return spawnSync('ps', ['-o', 'args=', '-p', pid], { encoding: 'utf8' }).stdout ?? '';
}
