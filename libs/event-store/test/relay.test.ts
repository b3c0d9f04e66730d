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

const sameStream = async () => 'the one';

describe('the relay', () => {
  it('publishes every event of eight writers, each stream in order, with two replicas racing', async () => {
    const counters = new Counters(under.store);
    const published: Recorded[] = [];
    const faults: unknown[] = [];
    const publish = async (events: Recorded[]) => void published.push(...events);
    const relays = [1, 2].map(() => new Relay(under.runner, publish, sameStream, (error) => faults.push(error)));
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

  it('fills another stream from the first event on', async () => {
    const counters = new Counters(under.store);
    const id = randomUUID();
    await write(counters, randomUUID(), id);
    const toStream = async (name: string): Promise<Recorded[]> => {
      const published: Recorded[] = [];
      const publish = async (events: Recorded[]) => void published.push(...events);
      const relay = new Relay(
        under.runner,
        publish,
        async () => name,
        () => {},
      );
      relay.start();
      await write(counters, randomUUID(), randomUUID());
      const [last] = (await under.runner.query('SELECT max(position) AS position FROM event')).rows;
      const cursor = () => under.runner.query('SELECT position FROM relay_cursor');
      await eventually(async () => (await cursor()).rows[0].position === last.position, {
        what: 'all being published',
      });
      await relay.stop();
      return published.filter(({ stream }) => stream === `counter:${id}`);
    };
    await toStream('the one');
    expect(await toStream('the one')).toHaveLength(0);
    expect(await toStream('one set up anew')).toHaveLength(1);
  });

  it('does not pass over a slow writer whose event has the earlier place', async () => {
    const counters = new Counters(under.store);
    const published: Recorded[] = [];
    let batches = 0;
    const publish = async (events: Recorded[]) => void published.push(...events);
    const counting = {
      query: (...query: unknown[]) => {
        if ((query[0] as { name?: string }).name === 'relay-batch') batches++;
        return (under.runner.query as (...query: unknown[]) => unknown)(...query);
      },
    } as unknown as typeof under.runner;
    const relay = new Relay(counting, publish, sameStream, () => {});
    const [slow, fast] = [randomUUID(), randomUUID()];
    const tenant = randomUUID();
    const { recorded } = under.store.record(
      { tenant, actorId: 'p1', correlationId: randomUUID() },
      `counter:${slow}`,
      0,
      new Date(),
      [{ type: 'counter.counted', data: { by: 1 } }],
    );
    const writer = under.test.admin;
    await writer.query('BEGIN; SET LOCAL search_path TO counter');
    await writer.query('SELECT append($1, $2, 0, $3)', [tenant, `counter:${slow}`, JSON.stringify(recorded)]);
    await write(counters, tenant, fast);
    relay.start();
    await eventually(() => batches >= 3, { what: 'the relay having looked' });
    const streamsOf = () => published.map(({ stream }) => stream);
    expect(streamsOf()).not.toContain(`counter:${fast}`);
    await writer.query('COMMIT');
    await eventually(() => published.some(({ stream }) => stream === `counter:${fast}`), {
      what: 'both being published',
    });
    await relay.stop();
    expect(streamsOf().slice(-2)).toEqual([`counter:${slow}`, `counter:${fast}`]);
  });

  it('moves no cursor once another has taken over', async () => {
    const counters = new Counters(under.store);
    const cursor = async () => (await under.runner.query('SELECT holder, position FROM relay_cursor')).rows[0];
    const before = await cursor();
    const publish = async () => {
      await under.runner.query(
        "UPDATE relay_cursor SET holder = 'another', fence = fence + 1, leased_until = clock_timestamp() + interval '1 hour'",
      );
    };
    const relay = new Relay(under.runner, publish, sameStream, () => {});
    await write(counters, randomUUID(), randomUUID());
    relay.start();
    await eventually(async () => (await cursor()).holder === 'another' && !relay.holdsLease, {
      what: 'the lease being lost',
    });
    await relay.stop();
    expect(await cursor()).toEqual({ ...before, holder: 'another' });
    await under.runner.query("UPDATE relay_cursor SET leased_until = '-infinity'");
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
      sameStream,
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
