import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startNats } from './nats.js';
import { startPostgres } from './postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { host: string; port: number; user: string; password: string };
    nats: { url: string; user: string; password: string };
  }
}

/** One PostgreSQL and one NATS server for the whole run; test files get databases and subjects of their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'eaf-test-'));
  const password = 'only-for-tests';
  const postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    password,
    logFile: join(folder, 'postgres.log'),
    durable: false,
  });
  const nats = await startNats({
    dir: join(folder, 'nats'),
    users: [{ user: 'test', password }],
    logFile: join(folder, 'nats.log'),
  }).catch(async (error: unknown) => {
    await postgres.stop();
    throw error;
  });
  project.provide('postgres', { host: postgres.host, port: postgres.port, user: postgres.user, password });
  project.provide('nats', { url: nats.url, user: 'test', password });
  return async () => {
    await Promise.all([nats.stop(), postgres.stop()]);
    rmSync(folder, { recursive: true, force: true });
    rmSync(postgres.dataDir, { recursive: true, force: true });
  };
}
