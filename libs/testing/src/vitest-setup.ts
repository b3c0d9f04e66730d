import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { removeWithThisProcess } from './keeper.js';
import { startNats } from './nats.js';
import type { Part } from './part.js';
import { startPostgres } from './postgres.js';
import type { PostgresVersion } from './postgres-binaries.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Set by the project in vitest.config.ts. */
    postgresVersion: PostgresVersion;
    postgres: { host: string; port: number; user: string; password: string };
    nats: { url: string; user: string; password: string };
  }
}

const password = 'only-for-tests';

/** One PostgreSQL of the project's version and one NATS server for its whole run; test files get databases and subjects of their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'eaf-test-'));
  removeWithThisProcess(folder); // For a run that is killed.
  chmodSync(folder, 0o711); // Passable: PostgreSQL runs as a user of its own where we are root.
  const started: Part[] = [];
  const takeDown = async () => {
    await Promise.all(started.map((part) => part.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const data = { dataDir: join(folder, 'postgres'), logFile: join(folder, 'postgres.log') };
    const { postgresVersion: version } = project.getProvidedContext();
    const postgres = await startPostgres({ ...data, version, password, durable: false });
    started.push(postgres);
    const users = [{ user: 'test', password }];
    const nats = await startNats({
      dir: join(folder, 'nats'),
      users,
      logFile: join(folder, 'nats.log'),
      durable: false,
    });
    started.push(nats);
    project.provide('postgres', { host: postgres.host, port: postgres.port, user: postgres.user, password });
    project.provide('nats', { url: nats.url, user: 'test', password });
  } catch (error) {
    await takeDown();
    throw error;
  }
  return takeDown;
}
