import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, prepareContext, prepareReader } from '@eaf/migrations';
import { createTestDatabase, type TestDatabase } from '@eaf/testing';
import { inject } from 'vitest';
import { Database } from '../src/index.js';

const password = 'only-for-tests';
const table = `CREATE TABLE thing (tenant_id uuid, name text, PRIMARY KEY (tenant_id, name)); SELECT protect('thing');`;

interface Tables {
  thing: { tenant_id: string; name: string };
}

export interface DatabaseUnderTest {
  readonly test: TestDatabase;
  /** As the app's role. @param port another one than the server's, to stand in between */
  open(poolSize: number, port?: number): Database<Tables>;
  close(): Promise<void>;
}

/** A schema with one protected table. */
export async function databaseUnderTest(): Promise<DatabaseUnderTest> {
  const server = inject('postgres');
  const test = await createTestDatabase(server);
  const login = (role: string) => ({ name: `door_${role}`, password });
  const [owner, app, runner] = [login('owner'), login('app'), login('runner')];
  await prepareReader(test.admin, login('reader'));
  await prepareContext(test.admin, { schema: 'door', owner, app, runner, reader: 'door_reader' });
  const directory = mkdtempSync(join(tmpdir(), 'eaf-door-'));
  writeFileSync(join(directory, '0001-thing.sql'), table);
  await migrate({
    connection: { ...server, user: 'door_owner', password, database: test.database },
    roles: { schema: 'door', owner: 'door_owner', app: 'door_app', runner: 'door_runner', reader: 'door_reader' },
    sources: [{ name: 'door', directory }],
  });
  rmSync(directory, { recursive: true });
  const { host, port, database } = test;
  return {
    test,
    open: (poolSize, at = port) =>
      new Database<Tables>({ host, port: at, database, user: 'door_app', password, poolSize, applicationName: 'test' }),
    close: () => test.drop(),
  };
}
