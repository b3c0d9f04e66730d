import pg from 'pg';
import { freePort, requireFree } from './loopback.js';
import { type Part, startPart } from './part.js';
import { type PostgresVersion, postgresBinaries } from './postgres-binaries.js';
import { clearStalePid, initialise, reachableDataFolder } from './postgres-data.js';

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
 * @param options.version default 18
 * @param options.durable false = fsync off, for tests that never survive a crash
 */
export async function startPostgres(options: {
  dataDir: string;
  version?: PostgresVersion;
  port?: number;
  password: string;
  logFile: string;
  durable?: boolean;
  detached?: boolean;
}): Promise<Postgres> {
  const binaries = postgresBinaries(options.version ?? 18);
  const port = options.port ?? (await freePort());
  await requireFree(port, 'PostgreSQL');
  const dataDir = reachableDataFolder(options.dataDir, binaries.runAs);
  await initialise(binaries, dataDir, options.password);
  clearStalePid(dataDir);
  const answer: { last: Answer } = { last: 'nothing' };
  const part = await startPart(binaries.postgres, argumentsFor(dataDir, port, options.durable ?? true), {
    name: 'PostgreSQL',
    logFile: options.logFile,
    detached: options.detached ?? false,
    // Fast shutdown: clients are cut off, nothing is lost.
    stopSignal: 'SIGINT',
    spawn: { ...binaries.runAs, cwd: dataDir },
    // The processes of a killed server hold its shared memory for a moment longer.
    tryAgainOn: 'pre-existing shared memory block',
    isReady: async () => {
      answer.last = await ask(port, options.password);
      return answer.last !== 'nothing';
    },
  });
  if (answer.last === 'wrong password') {
    await part.stop();
    throw new Error(`The data in ${dataDir} was made with another password.`);
  }
  return { ...part, host: '127.0.0.1', port, user: 'postgres', password: options.password, dataDir };
}

function argumentsFor(dataDir: string, port: number, durable: boolean): string[] {
  const settings = [
    'listen_addresses=127.0.0.1',
    'max_connections=200',
    'log_min_messages=warning',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  return ['-D', dataDir, '-p', String(port), '-k', '', ...settings.flatMap((setting) => ['-c', setting])];
}

type Answer = 'ready' | 'wrong password' | 'nothing';

async function ask(port: number, password: string): Promise<Answer> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => {}); // It is only being asked whether it answers.
  try {
    await client.connect();
    return 'ready';
  } catch (error) {
    return (error as { code?: string }).code === '28P01' ? 'wrong password' : 'nothing';
  } finally {
    await client.end().catch(() => {});
  }
}
