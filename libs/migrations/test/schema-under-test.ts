import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@eaf/testing';
import pg from 'pg';
import { inject } from 'vitest';
import { type MigrationSource, migrate, prepareContext, prepareReader } from '../src/index.js';

const password = 'only-for-tests';

export type Roles = ReturnType<typeof rolesOf>;

export const rolesOf = (schema: string) => ({
  schema,
  owner: `${schema}_owner`,
  app: `${schema}_app`,
  runner: `${schema}_runner`,
  reader: `${schema}_reader`,
});

/** Roles and an empty schema, and a folder of migrations that a test fills. */
export interface SchemaUnderTest {
  readonly test: TestDatabase;
  readonly roles: Roles;
  readonly sources: readonly MigrationSource[];
  /** Writes a migration file; `name` is `NNNN-what-for`. */
  ship(name: string, sql: string): void;
  migrate(): Promise<string[]>;
  /** What a role gets when it asks, on a connection of its own. */
  query(role: keyof Roles, sql: string, values?: unknown[]): Promise<pg.QueryResult>;
  login(role: keyof Roles): Promise<pg.Client>;
  close(): Promise<void>;
}

/** @param schema one per test file: roles belong to the whole server, and files run at the same moment */
export async function schemaUnderTest(schema: string): Promise<SchemaUnderTest> {
  const roles = rolesOf(schema);
  const server = inject('postgres');
  const test = await createTestDatabase(server);
  await prepare(test.admin, roles);
  const folder = mkdtempSync(join(tmpdir(), 'eaf-migrations-'));
  const directory = join(folder, 'orders');
  mkdirSync(directory);
  const sources = [{ name: 'orders', directory }];
  const connection = (role: keyof Roles) => ({
    host: server.host,
    port: server.port,
    database: test.database,
    user: roles[role],
    password,
  });
  const login = async (role: keyof Roles) => {
    const client = new pg.Client(connection(role));
    await client.connect();
    return client;
  };
  return {
    test,
    roles,
    sources,
    login,
    ship: (name, sql) => writeFileSync(join(directory, `${name}.sql`), sql),
    migrate: () => migrate({ connection: connection('owner'), roles, sources }),
    async query(role, sql, values) {
      const client = await login(role);
      return client.query(sql, values).finally(() => client.end());
    },
    async close() {
      await test.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function prepare(admin: pg.Client, { schema, owner, app, runner, reader }: Roles): Promise<void> {
  const login = (name: string) => ({ name, password });
  return prepareReader(admin, login(reader)).then(() =>
    prepareContext(admin, { schema, owner: login(owner), app: login(app), runner: login(runner), reader }),
  );
}
