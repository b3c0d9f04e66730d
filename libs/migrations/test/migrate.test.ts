import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireSchemaVersion, SchemaBehind } from '../src/index.js';
import { type SchemaUnderTest, schemaUnderTest } from './schema-under-test.js';

const thing =
  "CREATE TABLE thing (tenant_id uuid, name text, PRIMARY KEY (tenant_id, name));\nSELECT protect('thing');";

let orders: SchemaUnderTest;
beforeEach(async () => {
  orders = await schemaUnderTest('migrated');
});
afterEach(() => orders.close());

const applied = async () =>
  (await orders.query('app', 'SELECT source, number, name FROM schema_version ORDER BY applied_at')).rows.map(
    ({ source, number, name }) => `${source}/${number} ${name}`,
  );

describe('migrating', () => {
  it('applies what is new, the built-in first, and nothing twice', async () => {
    orders.ship('0001-thing', thing);
    expect(await orders.migrate()).toEqual(['eaf/1 row-level-security', 'eaf/2 departed-tenants', 'orders/1 thing']);
    orders.ship('0002-size', 'ALTER TABLE thing ADD COLUMN size int;');
    expect(await orders.migrate()).toEqual(['orders/2 size']);
    expect(await orders.migrate()).toEqual([]);
    expect(await applied()).toEqual([
      'eaf/1 row-level-security',
      'eaf/2 departed-tenants',
      'orders/1 thing',
      'orders/2 size',
    ]);
  });

  it('is done once by four replicas that start together', async () => {
    orders.ship('0001-thing', `SELECT pg_sleep(0.3);\n${thing}`);
    const all = await Promise.all(Array.from({ length: 4 }, () => orders.migrate()));
    expect(all.flat().sort()).toEqual(['eaf/1 row-level-security', 'eaf/2 departed-tenants', 'orders/1 thing']);
  });

  it('builds an index concurrently while another replica waits', async () => {
    orders.ship('0001-thing', thing);
    orders.ship('0002-index', '-- no transaction\nCREATE INDEX CONCURRENTLY thing_name ON thing (name);');
    const all = await Promise.all([orders.migrate(), orders.migrate(), orders.migrate()]);
    expect(all.flat()).toHaveLength(4);
    const index = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'thing_name'::regclass";
    expect((await orders.query('owner', index)).rows).toEqual([{ indisvalid: true }]);
  });

  it('refuses a file that was edited after it had been applied', async () => {
    orders.ship('0001-thing', thing);
    await orders.migrate();
    orders.ship('0001-thing', `${thing}\n-- one more word`);
    orders.ship('0002-size', 'ALTER TABLE thing ADD COLUMN size int;');
    await expect(orders.migrate()).rejects.toThrow('orders/1 thing was changed after it had been applied');
    expect(await applied()).not.toContain('orders/2 size');
  });

  it('leaves nothing of a file that fails in its middle', async () => {
    orders.ship('0001-thing', `${thing}\nSELECT 1 / 0;`);
    await expect(orders.migrate()).rejects.toThrow('orders/1 thing could not be applied: division by zero');
    expect((await orders.query('owner', "SELECT to_regclass('thing') AS thing")).rows).toEqual([{ thing: null }]);
    expect(await applied()).toEqual(['eaf/1 row-level-security', 'eaf/2 departed-tenants']);
  });

  it('gives up after a second rather than queue behind a long reader', async () => {
    orders.ship('0001-thing', thing);
    await orders.migrate();
    const reader = await orders.login('app');
    await reader.query('BEGIN');
    await reader.query('SELECT count(*) FROM thing');
    orders.ship('0002-size', 'ALTER TABLE thing ADD COLUMN size int;');
    await expect(orders.migrate()).rejects.toThrow('lock timeout');
    await reader.query('COMMIT');
    await reader.end();
    expect(await orders.migrate()).toEqual(['orders/2 size']);
  });

  it('does not wait for services that hold the version table', async () => {
    await orders.migrate();
    const service = await orders.login('app');
    await service.query('BEGIN');
    await service.query('SELECT count(*) FROM schema_version');
    expect(await orders.migrate()).toEqual([]);
    await service.end();
  });
});

describe('a service that starts', () => {
  it('is refused below the version it ships, and not above', async () => {
    orders.ship('0001-thing', thing);
    await orders.migrate();
    const app = await orders.login('app');
    await requireSchemaVersion(app, orders.sources);
    await requireSchemaVersion(app, []); // The code before: the database is ahead of it.
    orders.ship('0002-size', 'ALTER TABLE thing ADD COLUMN size int;');
    const refused = requireSchemaVersion(app, orders.sources);
    await expect(refused).rejects.toThrow(SchemaBehind);
    await expect(refused).rejects.toThrow('lacks orders/2 size');
    await app.end();
  });
});
