import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './free-port.js';
import { type Part, startPart } from './part.js';
import { postgresBinaries, reachableFolder } from './postgres-binaries.js';

export interface Postgres extends Part {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Where the data really is. */
  readonly dataDir: string;
}

/**
 * Starts PostgreSQL on loopback, over an existing data folder or a new one. What a killed server left behind is cleared.
 * @param options.durable false = fsync off, for tests that never survive a crash
 */
export async function startPostgres(options: {
  dataDir: string;
  port?: number;
  password: string;
  logFile: string;
  durable?: boolean;
  detached?: boolean;
}): Promise<Postgres> {
  const binaries = postgresBinaries();
  const fallback = `eaf-postgres-data-${createHash('sha256').update(options.dataDir).digest('hex').slice(0, 12)}`;
  const dataDir = reachableFolder(options.dataDir, fallback, binaries.runAs);
  const port = options.port ?? (await freePort());
  if (!existsSync(join(dataDir, 'PG_VERSION'))) initialise(binaries, dataDir, options.password);
  clearStalePid(dataDir);
  const part = await startPart(
    binaries.postgres,
    [
      ...['-D', dataDir, '-p', String(port), '-k', ''],
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', '-c', 'log_min_messages=warning'],
      ...(options.durable === false ? ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'] : []),
    ],
    {
      name: 'PostgreSQL',
      logFile: options.logFile,
      detached: options.detached ?? false,
      // Fast shutdown: clients are cut off, nothing is lost.
      stopSignal: 'SIGINT',
      spawn: { ...binaries.runAs, cwd: dataDir },
      isReady: () => answers(port, options.password),
    },
  );
  return { ...part, host: '127.0.0.1', port, user: 'postgres', password: options.password, dataDir };
}

function initialise(binaries: ReturnType<typeof postgresBinaries>, dataDir: string, password: string): void {
  const passwordFile = join(tmpdir(), `eaf-${randomBytes(8).toString('hex')}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (binaries.runAs) chownSync(passwordFile, binaries.runAs.uid, binaries.runAs.gid);
  try {
    const made = spawnSync(
      binaries.initdb,
      ['-D', dataDir, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C', '--data-checksums'],
      { ...binaries.runAs, cwd: dataDir, encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(`PostgreSQL could not make its data folder: ${made.stderr || made.error?.message}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** After a kill -9 the pid file stays; a pid that runs something else meanwhile would keep the server from starting. */
function clearStalePid(dataDir: string): void {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const command = existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
  if (!command.includes(dataDir)) rmSync(file);
}

async function answers(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' });
  client.on('error', () => {}); // It is only being asked whether it answers.
  try {
    await client.connect();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') throw error;
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
