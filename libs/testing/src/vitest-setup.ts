import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startKeeper } from './keeper.js';
import { type Nats, startNats } from './nats.js';
import { type Postgres, startPostgres } from './postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { host: string; port: number; user: string; password: string };
    nats: { url: string; user: string; password: string };
  }
}

const password = 'only-for-tests';

/** One PostgreSQL and one NATS server for the whole run; test files get databases and subjects of their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'eaf-test-'));
  const keeper = startKeeper(); // For a run that is killed; a run that ends takes down its parts itself.
  const started: (Postgres | Nats)[] = [];
  const folders = [folder];
  keeper.remove(folder);
  const takeDown = async () => {
    await Promise.all(started.map((part) => part.stop()));
    for (const one of folders) rmSync(one, { recursive: true, force: true });
    await keeper.release();
  };
  try {
    const postgres = await startPostgres({
      dataDir: join(folder, 'postgres'),
      password,
      logFile: join(folder, 'postgres.log'),
      durable: false,
    });
    started.push(postgres);
    folders.push(postgres.dataDir);
    keeper.keep(postgres);
    keeper.remove(postgres.dataDir);
    const users = [{ user: 'test', password }];
    const nats = await startNats({ dir: join(folder, 'nats'), users, logFile: join(folder, 'nats.log'), durable: false });
    started.push(nats);
    keeper.keep(nats);
    project.provide('postgres', { host: postgres.host, port: postgres.port, user: postgres.user, password });
    project.provide('nats', { url: nats.url, user: 'test', password });
  } catch (error) {
    await takeDown();
    throw error;
  }
  return takeDown;
}
