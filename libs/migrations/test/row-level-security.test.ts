import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepare, type SchemaUnderTest, schemaUnderTest } from './schema-under-test.js';

const ours = '11111111-1111-4111-8111-111111111111';
const theirs = '22222222-2222-4222-8222-222222222222';

let orders: SchemaUnderTest;
let app: pg.Client;

beforeAll(async () => {
  orders = await schemaUnderTest('guarded');
  orders.ship(
    '0001-tables',
    `CREATE TABLE thing (tenant_id uuid, name text, PRIMARY KEY (tenant_id, name));
     SELECT protect('thing');
     SELECT open_to_runner('thing', 'SELECT');
     CREATE TABLE trail (tenant_id uuid, n int, PRIMARY KEY (tenant_id, n));
     SELECT protect_insert_only('trail');
     SELECT open_to_reader('trail');
     INSERT INTO thing VALUES ('${ours}', 'ours'), ('${theirs}', 'theirs');
     INSERT INTO trail VALUES ('${ours}', 1), ('${theirs}', 1);`,
  );
  await orders.migrate();
  app = await orders.login('app');
});

afterAll(async () => {
  await app.end();
  await orders.close();
});

/** One transaction of the app, for a tenant or for none, undone at its end. */
async function asApp(tenant: string | undefined, sql: string): Promise<Record<string, unknown>[]> {
  await app.query('BEGIN');
  try {
    if (tenant) await app.query("SELECT set_config('eaf.tenant', $1, true)", [tenant]);
    return (await app.query(sql)).rows;
  } finally {
    await app.query('ROLLBACK');
  }
}

describe('a protected table', () => {
  it('shows a tenant its own rows', async () => {
    expect(await asApp(ours, 'SELECT name FROM thing')).toEqual([{ name: 'ours' }]);
  });

  it('shows nothing without a tenant, also on a connection that had one', async () => {
    expect(await asApp(undefined, 'SELECT name FROM thing')).toEqual([]);
    await asApp(ours, 'SELECT 1');
    expect(await asApp(undefined, 'SELECT name FROM thing')).toEqual([]);
  });

  it.each([
    ['inserts', `INSERT INTO thing VALUES ('${theirs}', 'planted')`],
    ['moves', `UPDATE thing SET tenant_id = '${theirs}' WHERE name = 'ours'`],
  ])('refuses an app that %s a row into another tenant', async (_, sql) => {
    await expect(asApp(ours, sql)).rejects.toThrow('row-level security');
  });

  it('lets nobody reach the rows of another tenant', async () => {
    expect(await asApp(ours, `UPDATE thing SET name = 'x' WHERE tenant_id = '${theirs}' RETURNING 1`)).toEqual([]);
    expect(await asApp(ours, `DELETE FROM thing WHERE tenant_id = '${theirs}' RETURNING 1`)).toEqual([]);
  });

  it('refuses a write without a tenant', async () => {
    await expect(asApp(undefined, `INSERT INTO thing VALUES ('${ours}', 'x')`)).rejects.toThrow('row-level security');
  });

  it('shows all rows to the owner, so that a backfill finds them', async () => {
    expect((await orders.query('owner', 'SELECT name FROM thing ORDER BY name')).rows).toHaveLength(2);
  });

  it('opens to the runner with the listed right and no other', async () => {
    expect((await orders.query('runner', 'SELECT name FROM thing')).rows).toHaveLength(2);
    await expect(orders.query('runner', 'DELETE FROM thing')).rejects.toThrow('permission denied');
    await expect(orders.query('runner', 'SELECT 1 FROM trail')).rejects.toThrow('permission denied');
  });

  it('opens to the reader to read alone', async () => {
    const trail = `${orders.roles.schema}.trail`;
    expect((await orders.query('reader', `SELECT n FROM ${trail}`)).rows).toHaveLength(2);
    await expect(orders.query('reader', `INSERT INTO ${trail} VALUES ('${ours}', 2)`)).rejects.toThrow('read-only');
    await expect(orders.query('reader', `SELECT 1 FROM ${orders.roles.schema}.thing`)).rejects.toThrow(
      'permission denied',
    );
  });

  it.each(['UPDATE trail SET n = 2', 'DELETE FROM trail', 'TRUNCATE trail', 'TRUNCATE thing'])(
    'refuses %s to the app',
    async (sql) => {
      await expect(asApp(ours, sql)).rejects.toThrow('permission denied');
    },
  );
});

describe('the roles of a schema', () => {
  it.each([
    'CREATE TABLE mine (id int)',
    'CREATE TABLE public.mine (id int)',
    'ALTER TABLE thing DISABLE ROW LEVEL SECURITY',
    "SELECT protect('thing')",
    "SELECT open_to_runner('thing', 'ALL')",
  ])('refuse %s to the app', async (sql) => {
    await expect(asApp(ours, sql)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('have no right beyond their schema, also after the set-up step ran again', async () => {
    const { owner, app: appRole, runner, reader, schema } = orders.roles;
    await orders.test.admin.query(`ALTER ROLE ${appRole} BYPASSRLS CREATEDB CREATEROLE`);
    await prepare(orders.test.admin, orders.roles);
    const { rows } = await orders.test.admin.query(
      `SELECT count(*)::int AS roles, bool_or(rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication) AS mighty
       FROM pg_roles WHERE rolname = ANY ($1)`,
      [[owner, appRole, runner, reader]],
    );
    expect(rows).toEqual([{ roles: 4, mighty: false }]);
    expect((await orders.query('app', 'SELECT current_schema() AS schema')).rows).toEqual([{ schema }]);
  });
});
