import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countTrips } from './count-trips.js';
import { type DatabaseUnderTest, databaseUnderTest } from './database-under-test.js';

let under: DatabaseUnderTest;
beforeAll(async () => {
  under = await databaseUnderTest();
});
afterAll(() => under.close());

const [ours, theirs] = [randomUUID(), randomUUID()];
const insert = (tenant: string) => ({
  name: 'insert-thing',
  sql: 'INSERT INTO thing VALUES ($1, $2)',
  parameters: [tenant, randomUUID()],
});
const all = { name: 'all-things', sql: 'SELECT tenant_id FROM thing', parameters: [] };
const broken = { sql: 'SELECT 1 / 0', parameters: [] };

describe('a pooled connection', () => {
  it.each([
    ['a read', () => door.read(ours, all)],
    ['a flush', () => door.flush(ours, [insert(ours)])],
    ['a flush that fails', () => door.flush(ours, [insert(ours), broken]).catch(() => {})],
  ])('shows and takes nothing without a tenant after %s of one', async (_, before) => {
    await door.flush(ours, [insert(ours)]);
    await before();
    expect(await door.flush(null, [all]).then(([result]) => result?.rows)).toEqual([]);
    await expect(door.flush(null, [insert(ours)])).rejects.toThrow('row-level security');
  });

  it('serves the next tenant with its own rows alone', async () => {
    await door.flush(ours, [insert(ours)]);
    await door.flush(theirs, [insert(theirs)]);
    expect(await door.read(theirs, all)).toEqual([{ tenant_id: theirs }]);
    await expect(door.flush(theirs, [insert(ours)])).rejects.toThrow('row-level security');
  });

  // One connection, so that every unit of work meets what the one before left on it.
  let door: ReturnType<DatabaseUnderTest['open']>;
  beforeAll(() => {
    door = under.open(1);
  });
  afterAll(() => door.close());
});

describe('a prepared statement', () => {
  it('is usable after it was first sent behind one that failed', async () => {
    const door = under.open(1);
    const tenant = randomUUID();
    await expect(door.flush(tenant, [broken, insert(tenant)])).rejects.toThrow('division by zero');
    await door.flush(tenant, [insert(tenant)]);
    expect(await door.read(tenant, all)).toHaveLength(1);
    await door.close();
  });
});

describe('round trips', () => {
  it('are one for a read and for a flush', async () => {
    const counter = await countTrips(under.test);
    const door = under.open(1, counter.port);
    await door.ping(); // The login is not counted.
    counter.trips();

    await door.read(ours, all);
    expect(counter.trips()).toBe(1);
    await door.flush(ours, [insert(ours), insert(ours), all]);
    expect(counter.trips()).toBe(1);

    await door.close();
    await counter.close();
  });
});
