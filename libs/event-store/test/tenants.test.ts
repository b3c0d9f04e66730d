import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StoreUnderTest, storeUnderTest } from './store-under-test.js';

let under: StoreUnderTest;
beforeAll(async () => {
  under = await storeUnderTest();
});
afterAll(() => under.close());

const fact = { type: 'counter.counted', data: { by: 1 } } as const;
const tenantsOf = (rows: { tenant_id: string }[]) => [...new Set(rows.map(({ tenant_id }) => tenant_id))];
const allEvents = { sql: 'SELECT tenant_id FROM event', parameters: [] };

async function append(tenant: string): Promise<void> {
  const origin = { tenant, actorId: 'p1', correlationId: randomUUID() };
  await under.store.commit(origin, [under.store.record(origin, `counter:${randomUUID()}`, 0, new Date(), [fact])]);
}

describe('a thousand interleaved units of work of fifty tenants', () => {
  it('each see and store what is their own', async () => {
    const tenants = Array.from({ length: 50 }, () => randomUUID());
    await Promise.all(tenants.map(append));
    const { database } = under;
    const units = Array.from({ length: 1_000 }, async (_, n) => {
      const tenant = tenants[n % tenants.length] as string;
      switch (n % 3) {
        case 0:
          return append(tenant);
        case 1:
          return expect(tenantsOf(await database.read(tenant, allEvents))).toEqual([tenant]);
        default: // One that fails must leave nothing on its connection.
          return expect(database.read(tenant, { sql: 'SELECT 1 / 0', parameters: [] })).rejects.toThrow('zero');
      }
    });
    await Promise.all(units);
    const { rows } = await under.test.admin.query('SELECT tenant_id, count(*)::int AS n FROM counter.event GROUP BY 1');
    expect(rows.map(({ n }) => n).reduce((sum, n) => sum + n, 0)).toBe(50 + 334);
  });
});

describe('without a tenant', () => {
  it('no row is seen and none is taken', async () => {
    await append(randomUUID());
    // Twice on every connection: the one before may have left a tenant behind.
    const reads = Array.from({ length: 16 }, () => under.database.flush(null, [allEvents, allEvents]));
    for (const results of await Promise.all(reads)) expect(results.flatMap(({ rows }) => rows)).toEqual([]);
    const insert = {
      sql: 'INSERT INTO command (tenant_id, principal_id, key, operation, input_hash, reply) VALUES ($1, $2, $2, $2, $2, $3)',
      parameters: [randomUUID(), 'x', '{}'],
    };
    await expect(under.database.flush(null, [insert])).rejects.toThrow('row-level security');
    await expect(under.database.flush(randomUUID(), [insert])).rejects.toThrow('row-level security');
  });
});
