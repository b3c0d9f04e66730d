import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recorded } from '@eaf/messaging/contract';
import { eventually } from '@eaf/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Relay } from '../src/index.js';
import { relayBatch } from '../src/relay.js';
import { Counters, type StoreUnderTest, storeUnderTest } from './store-under-test.js';

const folder = mkdtempSync(join(tmpdir(), 'eaf-relay-'));
let under: StoreUnderTest;
beforeAll(async () => {
  under = await storeUnderTest();
});
afterAll(async () => {
  await under.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = (counters: Counters, tenant: string, id: string) =>
  counters.decide({ tenant, actorId: 'p1', correlationId: randomUUID() }, id, () => [
    { type: 'counter.counted', data: { by: 1 } },
  ]);

describe('the relay', () => {
  it('publishes every event of eight writers, each stream in order, with two replicas racing', async () => {
    const counters = new Counters(under.store);
    const published: Recorded[] = [];
    const faults: unknown[] = [];
    const publish = async (events: Recorded[]) => void published.push(...events);
    const relays = [1, 2].map(() => new Relay(under.runner, publish, (error) => faults.push(error)));
    for (const relay of relays) relay.start();

    const tenant = randomUUID();
    const streams = Array.from({ length: 8 }, () => randomUUID());
    await Promise.all(
      streams.map(async (id) => {
        for (let n = 0; n < 50; n++) {
          await write(counters, tenant, id);
          if (n % 10 === 0) for (const relay of relays) relay.wake();
        }
      }),
    );
    await eventually(() => published.length >= 400, { what: 'all 400 events published' });
    await Promise.all(relays.map((relay) => relay.stop()));

    expect(faults).toEqual([]);
    expect(new Set(published.map(({ id }) => id)).size).toBe(400);
    for (const id of streams) {
      const versions = published.filter(({ stream }) => stream === `counter:${id}`).map(({ version }) => version);
      expect(versions).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    }
  });

  it('reads by its index, also by a plan made while there was no event', async () => {
    // Own database: the first plan must be made over an empty table.
    const empty = await storeUnderTest();
    const client = await empty.runner.connect();
    await client.query(`PREPARE batch (xid8, bigint) AS ${relayBatch}`);
    await client.query('SET plan_cache_mode = force_generic_plan'); // Which PostgreSQL comes to after five executions.
    const { rows } = await client.query("EXPLAIN EXECUTE batch ('0', 0)");
    client.release();
    await empty.close();
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('Index Scan using event_relay');
    expect(plan).not.toContain('Sort');
  });

  it('publishes again what was not noted as published', async () => {
    const counters = new Counters(under.store);
    const id = randomUUID();
    let refuse = true;
    const published: Recorded[] = [];
    const relay = new Relay(
      under.runner,
      async (events) => {
        if (refuse) throw new Error('broker away');
        published.push(...events);
      },
      () => {
        refuse = false;
      },
    );
    await write(counters, randomUUID(), id);
    relay.start();
    await eventually(() => published.some(({ stream }) => stream === `counter:${id}`), {
      what: 'the event published at last',
    });
    await relay.stop();
    expect(published.filter(({ stream }) => stream === `counter:${id}`)).toHaveLength(1);
  });
});
