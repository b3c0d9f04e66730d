import { randomUUID } from 'node:crypto';
import type { Recorded } from '@eaf/messaging/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeyReused, keepCopy, type Origin, OutOfOrder, setTimer, VersionConflict } from '../src/index.js';
import { Counters, type StoreUnderTest, storeUnderTest } from './store-under-test.js';

let under: StoreUnderTest;
let counters: Counters;
beforeAll(async () => {
  under = await storeUnderTest();
  counters = new Counters(under.store);
});
afterAll(() => under.close());

const origin = (tenant: string, key?: string, inputHash = 'h') => ({
  tenant,
  actorId: 'p1',
  correlationId: randomUUID(),
  ...(key ? { idempotency: { operation: 'count', key, inputHash } } : {}),
});
const count = (by: number) => [{ type: 'counter.counted' as const, data: { by } }];

describe('a command', () => {
  it('appends events in gapless versions and answers from them', async () => {
    const tenant = randomUUID();
    const id = randomUUID();
    await counters.decide(origin(tenant), id, () => count(2));
    const reply = await counters.decide(origin(tenant), id, () => [...count(3), ...count(4)], { reply: (sum) => sum });
    expect(reply).toBe(9);
    const history = await counters.history(tenant, id);
    expect(history.map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  it('is carried out once under one key, and answers the same', async () => {
    const tenant = randomUUID();
    const id = randomUUID();
    const once = () => counters.decide(origin(tenant, 'k1'), id, () => count(1), { reply: (sum) => ({ sum }) });
    expect(await once()).toEqual({ sum: 1 });
    expect(await once()).toEqual({ sum: 1 });
    expect(await counters.history(tenant, id)).toHaveLength(1);
  });

  it('refuses the same key with another input or for another operation', async () => {
    const tenant = randomUUID();
    const id = randomUUID();
    await counters.decide(origin(tenant, 'k1', 'h1'), id, () => count(1));
    await expect(counters.decide(origin(tenant, 'k1', 'h2'), id, () => count(1))).rejects.toBeInstanceOf(KeyReused);
    const same = origin(tenant, 'k1', 'h1');
    const another = { ...same, idempotency: { ...same.idempotency, operation: 'counter.other' } } as Origin;
    await expect(counters.decide(another, id, () => count(1))).rejects.toBeInstanceOf(KeyReused);
  });

  it('sent eight times at once under one key counts once', async () => {
    const tenant = randomUUID();
    const id = randomUUID();
    const replies = await Promise.all(
      Array.from({ length: 8 }, () =>
        counters.decide(origin(tenant, 'k1'), id, () => count(1), { reply: (sum) => ({ sum }) }),
      ),
    );
    expect(new Set(replies.map((reply) => JSON.stringify(reply)))).toEqual(new Set(['{"sum":1}']));
    expect(await counters.history(tenant, id)).toHaveLength(1);
  });

  it('stores nothing when a statement beside it fails', async () => {
    const tenant = randomUUID();
    const id = randomUUID();
    const broken = { also: () => [{ sql: 'SELECT 1 / 0', parameters: [] }] };
    await expect(counters.decide(origin(tenant), id, () => count(1), broken)).rejects.toThrow('division by zero');
    expect(await counters.history(tenant, id)).toHaveLength(0);
  });

  it('loses against a faster one on the same version', async () => {
    const tenant = randomUUID();
    const id = randomUUID();
    const loaded = await counters.load(origin(tenant), id);
    await counters.commit(origin(tenant), loaded, count(1));
    await expect(counters.commit(origin(tenant), loaded, count(1))).rejects.toBeInstanceOf(VersionConflict);
  });
});

describe('a reaction', () => {
  const heard = (tenant: string, stream: string, version: number): Recorded => ({
    id: randomUUID(),
    type: 'other.happened',
    typeVersion: 1,
    data: {},
    tenant,
    stream,
    version,
    actorId: 'p1',
    correlationId: randomUUID(),
    causationId: null,
    traceparent: null,
    time: new Date(),
    recordedAt: new Date(),
  });

  it('has its effect once, however often the event comes', async () => {
    const tenant = randomUUID();
    const id = randomUUID();
    const event = heard(tenant, 'other:1', 1);
    for (let times = 0; times < 3; times++) await counters.react({ consumer: 'counter', event }, id, () => count(1));
    expect(await counters.history(tenant, id)).toHaveLength(1);
  });

  it('waits for the event before it', async () => {
    const tenant = randomUUID();
    const early = counters.react({ consumer: 'counter', event: heard(tenant, 'other:1', 2) }, randomUUID(), () =>
      count(1),
    );
    await expect(early).rejects.toBeInstanceOf(OutOfOrder);
  });

  it('goes on after an event that needed no handling', async () => {
    const tenant = randomUUID();
    const id = randomUUID();
    await keepCopy(under.store, { consumer: 'counter', event: heard(tenant, 'other:1', 1) }, []);
    await counters.react({ consumer: 'counter', event: heard(tenant, 'other:1', 2) }, id, () => count(1));
    expect(await counters.history(tenant, id)).toHaveLength(1);
  });

  it('may say when it happened, never when it was stored', async () => {
    const tenant = randomUUID();
    const id = randomUUID();
    const at = new Date('2026-01-01T00:00:00Z');
    await counters.react({ consumer: 'counter', event: heard(tenant, 'other:1', 1) }, id, () => count(1), { at });
    const [counted] = await counters.history(tenant, id);
    expect(counted?.time).toEqual(at);
    expect(counted?.recordedAt.getTime()).toBeGreaterThan(at.getTime());
  });
});

describe('row-level security', () => {
  it('shows no row of another tenant, and none without a tenant', async () => {
    const tenant = randomUUID();
    await counters.decide(origin(tenant), randomUUID(), () => count(1), {
      also: () => [setTimer('k', 'i', new Date(), origin(tenant))],
    });
    const all = { sql: 'SELECT * FROM event', parameters: [] };
    expect(await under.database.read(randomUUID(), all)).toHaveLength(0);
    const [without] = await under.database.flush(null, [all]);
    expect(without?.rows).toHaveLength(0);
    expect(await under.database.read(tenant, all)).toHaveLength(1);
  });

  it('takes no row for another tenant', async () => {
    const row = {
      sql: "INSERT INTO due (tenant_id, kind, id, due_at) VALUES ($1, 'k', 'i', now())",
      parameters: [randomUUID()],
    };
    await expect(under.database.flush(randomUUID(), [row])).rejects.toThrow('row-level security');
  });

  it('lets nobody set the time of storage, or change an event', async () => {
    const tenant = randomUUID();
    await expect(
      under.database.flush(tenant, [{ sql: 'UPDATE event SET data = data', parameters: [] }]),
    ).rejects.toThrow('permission denied');
  });
});
