import { randomUUID } from 'node:crypto';
import { eventually } from '@eaf/testing';
import type pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { closeTenant, deleteTenantRows, tenantTables } from '../src/index.js';
import { type SchemaUnderTest, schemaUnderTest } from './schema-under-test.js';

let orders: SchemaUnderTest;
let owner: pg.Client;
let ours: string;
let theirs: string;

beforeEach(async () => {
  orders = await schemaUnderTest('departing');
  orders.ship(
    '0001-tables',
    `CREATE TABLE thing (tenant_id uuid, n int, PRIMARY KEY (tenant_id, n));
     SELECT protect('thing');
     CREATE TABLE a_part (tenant_id uuid, n int, FOREIGN KEY (tenant_id, n) REFERENCES thing);
     SELECT protect_insert_only('a_part');`,
  );
  await orders.migrate();
  owner = await orders.login('owner');
  owner.on('error', () => {}); // One test has the server end it.
  [ours, theirs] = [randomUUID(), randomUUID()];
  for (const tenant of [ours, theirs]) {
    await owner.query('INSERT INTO thing SELECT $1, generate_series(1, 5000)', [tenant]);
    await owner.query('INSERT INTO a_part SELECT $1, generate_series(1, 3)', [tenant]);
  }
});
afterEach(async () => {
  await owner.end();
  await orders.close();
});

const close = (client = owner) => closeTenant(client, 'departing', ours, async () => ({ seen: true }));
const left = async (tenant: string) => {
  const { rows } = await orders.query(
    'owner',
    `SELECT (SELECT count(*)::int FROM thing WHERE tenant_id = $1) AS thing,
            (SELECT count(*)::int FROM a_part WHERE tenant_id = $1) AS part`,
    [tenant],
  );
  return rows[0];
};
/** Whether the owner's session waits for a lock. */
async function ownerWaits(): Promise<boolean> {
  const { rows } = await orders.test.admin.query(
    "SELECT FROM pg_stat_activity WHERE usename = 'departing_owner' AND wait_event_type = 'Lock'",
  );
  return rows.length > 0;
}
async function insertAsApp(tenant: string, client?: pg.Client): Promise<void> {
  const app = client ?? (await orders.login('app'));
  try {
    await app.query('BEGIN');
    await app.query("SELECT set_config('eaf.tenant', $1, true)", [tenant]);
    await app.query('INSERT INTO thing VALUES ($1, 9999)', [tenant]);
    await app.query('COMMIT');
  } finally {
    if (!client) await app.end();
  }
}

it('finds every table with a tenant in the catalogue, those that refer to others first', async () => {
  expect(await tenantTables(owner, 'departing')).toEqual(['a_part', 'thing']);
  orders.ship('0002-more', "CREATE TABLE more (tenant_id uuid PRIMARY KEY); SELECT protect('more');");
  await orders.migrate();
  expect(await tenantTables(owner, 'departing')).toContain('more');
});

it('deletes a tenant in batches and no row of another', async () => {
  await close();
  const batches: number[] = [];
  const deleted = await deleteTenantRows(owner, 'departing', ours, (_, rows) => batches.push(rows));
  expect(deleted).toEqual({ a_part: 3, thing: 5000 });
  expect(batches).toEqual([3, 2000, 2000, 1000]);
  expect(await left(ours)).toEqual({ thing: 0, part: 0 });
  expect(await left(theirs)).toEqual({ thing: 5000, part: 3 });
});

it('counts right when it is cut off in its middle and begun again', async () => {
  await close();
  const { rows } = await owner.query('SELECT pg_backend_pid() AS pid');
  const cutOff = deleteTenantRows(owner, 'departing', ours, (table) => {
    if (table === 'thing') void orders.test.admin.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
  });
  await cutOff.catch(() => {});
  const second = await orders.login('owner');
  expect(await deleteTenantRows(second, 'departing', ours)).toEqual({ a_part: 3, thing: 5000 });
  expect(await deleteTenantRows(second, 'departing', ours)).toEqual({ a_part: 3, thing: 5000 });
  await second.end();
});

it('refuses to delete a tenant that was not closed', async () => {
  await expect(deleteTenantRows(owner, 'departing', ours)).rejects.toThrow('has not been closed');
  expect(await left(ours)).toEqual({ thing: 5000, part: 3 });
});

it('changes nothing when the last look says that it may not begin', async () => {
  expect(await closeTenant(owner, 'departing', ours, async () => undefined)).toBeUndefined();
  await insertAsApp(ours);
});

it('takes no row of a closed tenant any more, and those of others', async () => {
  expect(await close()).toMatchObject({ noted: { seen: true } });
  await expect(insertAsApp(ours)).rejects.toThrow('"not_departed"');
  await insertAsApp(theirs);
});

it('deletes also what somebody updates at the same moment', async () => {
  await close();
  const app = await orders.login('app');
  await app.query('BEGIN');
  await app.query("SELECT set_config('eaf.tenant', $1, true)", [ours]);
  await app.query('UPDATE thing SET n = n WHERE n <= 10');
  const deleting = deleteTenantRows(owner, 'departing', ours);
  await eventually(ownerWaits, { what: 'the job waiting for the updated rows' });
  await app.query('COMMIT');
  await app.end();
  expect(await deleting).toEqual({ a_part: 3, thing: 5000 });
  expect(await left(ours)).toEqual({ thing: 0, part: 0 });
});

it('waits for a writer that began before, however long, and sees what it wrote', async () => {
  const app = await orders.login('app');
  await app.query('BEGIN');
  await app.query("SELECT set_config('eaf.tenant', $1, true)", [ours]);
  await app.query('INSERT INTO thing VALUES ($1, 9999)', [ours]);
  const closing = closeTenant(owner, 'departing', ours, async (client) => {
    const { rows } = await client.query('SELECT count(*)::int AS n FROM thing WHERE tenant_id = $1', [ours]);
    return { n: rows[0].n as number };
  });
  // It lets go after a while, so that nobody queues behind it, and tries again.
  await eventually(ownerWaits, { what: 'the job waiting for the writer' });
  await eventually(async () => !(await ownerWaits()), { what: 'the job letting go' });
  await app.query('COMMIT');
  await app.end();
  expect((await closing)?.noted).toEqual({ n: 5001 });
});

it('keeps the first note, whoever closes again', async () => {
  await close();
  expect(await closeTenant(owner, 'departing', ours, async () => ({ seen: false }))).toMatchObject({
    noted: { seen: true },
  });
});
