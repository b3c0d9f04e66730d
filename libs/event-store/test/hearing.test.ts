import { randomUUID } from 'node:crypto';
import { NatsTransport, publishEvents, setUpStreams, streamName, toEnvelope } from '@eaf/messaging';
import { type Contracts, event, type Reaction, type Recorded } from '@eaf/messaging/contract';
import { eventually } from '@eaf/testing';
import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { DatabaseJournal } from '../src/index.js';
import { Counters, type StoreUnderTest, storeUnderTest } from './store-under-test.js';

const ordered = event({
  type: 'shop.ordered',
  summary: 'Somebody took things.',
  heardBy: ['counter'],
  data: z.object({ by: z.int() }),
});
const closed = event({ type: 'shop.closed', summary: 'No more today.', heardBy: [], data: z.object({}) });

let under: StoreUnderTest;
let counters: Counters;
let connection: NatsConnection;
let broker: { client: JetStreamClient; manager: JetStreamManager };
beforeAll(async () => {
  under = await storeUnderTest();
  counters = new Counters(under.store);
  const { url, user, password } = inject('nats');
  connection = await connect({ servers: url, user, pass: password });
  broker = { client: jetstream(connection), manager: await jetstreamManager(connection) };
});
afterAll(async () => {
  await connection.close();
  await under.close();
});

let contracts: Contracts;
let tenant: string;
let faults: string[];
/** What the consumer does with `shop.ordered`; counts in the stream's own counter unless a test says otherwise. */
let handle: (reaction: Reaction) => Promise<void>;
const transports: NatsTransport[] = [];
const counted = (reaction: Reaction) =>
  counters.react(reaction, counterOf(reaction.event.stream), () => [
    { type: 'counter.counted', data: { by: (reaction.event.data as { by: number }).by } },
  ]);
const counterOf = (stream: string) => stream.slice('shop:'.length);

beforeEach(async () => {
  contracts = {
    prefix: `heard-${randomUUID().slice(0, 8)}`,
    operations: [],
    events: [ordered, closed],
    hearsAll: [],
  };
  tenant = randomUUID();
  faults = [];
  handle = counted;
  await setUpStreams(broker.manager, contracts);
});
afterEach(async () => {
  await Promise.all(transports.splice(0).map((transport) => transport.close()));
  await broker.manager.streams.delete(streamName(contracts.prefix, 'shop'));
});

/** One replica of the service `counter`. */
async function startHearing(): Promise<NatsTransport> {
  const transport = new NatsTransport({
    connection,
    contracts,
    service: 'counter',
    publicKeys: new Map(),
    hashKey: new Uint8Array(32),
    journal: new DatabaseJournal(under.store),
    onFault: (what, error) => faults.push(`${what}: ${(error as Error).message}`),
  });
  const handler = async (_: Recorded, reaction: Reaction) => handle(reaction);
  transport.addHandler(ordered.type, handler, true, { event: ordered });
  await new Promise<void>((resolve, reject) =>
    transport.listen((error) => (error === undefined ? resolve() : reject(error))),
  );
  transports.push(transport);
  return transport;
}

const recorded = (stream: string, version: number, more: Partial<Recorded> = {}): Recorded => ({
  id: randomUUID(),
  type: ordered.type,
  typeVersion: 1,
  data: { by: 10 ** (version - 1) },
  tenant,
  stream,
  version,
  actorId: 'p1',
  correlationId: randomUUID(),
  causationId: null,
  traceparent: null,
  time: new Date(),
  recordedAt: new Date(),
  ...more,
});
const publish = (...events: Recorded[]) => publishEvents(broker.client, contracts.prefix, events);
/** As when the relay publishes once more after the broker has forgotten the id. */
const publishAgain = (one: Recorded, subject = `${contracts.prefix}.shop.${one.tenant}.ordered`) =>
  broker.client.publish(subject, JSON.stringify(toEnvelope(contracts.prefix, one)));
const newStream = () => `shop:${randomUUID()}`;
const countedOf = async (stream: string, ofTenant = tenant) =>
  (await counters.history(ofTenant, counterOf(stream))).map(({ data }) => data.by);
const consumer = () => broker.manager.consumers.info(streamName(contracts.prefix, 'shop'), 'counter');
const allSettled = () =>
  eventually(
    async () => {
      const { num_pending, num_ack_pending } = await consumer();
      return num_pending === 0 && num_ack_pending === 0;
    },
    { what: 'every message being acknowledged' },
  );

describe('an event', () => {
  it('is acknowledged only after what it led to is stored', async () => {
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    handle = async (reaction) => {
      reached.resolve();
      await gate.promise;
      await counted(reaction);
    };
    const stream = newStream();
    await startHearing();
    await publish(recorded(stream, 1));
    await reached.promise;
    expect(await consumer()).toMatchObject({ num_ack_pending: 1, ack_floor: { stream_seq: 0 } });
    gate.resolve();
    await allSettled();
    expect(await countedOf(stream)).toEqual([1]);
  });

  it('published twice has its effect once', async () => {
    const stream = newStream();
    const one = recorded(stream, 1);
    await startHearing();
    await publish(one);
    await publishAgain(one);
    await publish(recorded(stream, 2));
    await allSettled();
    expect(await countedOf(stream)).toEqual([1, 10]);
    expect(faults).toEqual([]);
  });

  it('whose handler dies between commit and acknowledgement has its effect once', async () => {
    const tries: number[] = [];
    handle = async (reaction) => {
      await counted(reaction);
      if (tries.push(performance.now()) === 1) throw new Error('killed');
    };
    const stream = newStream();
    await startHearing();
    await publish(recorded(stream, 1));
    await eventually(() => tries.length === 2, { what: 'a second delivery' });
    await allSettled();
    const [first = 0, second = 0] = tries;
    expect(second - first).toBeGreaterThan(150); // 200 ms, give or take a fifth, before the second try.
    expect(await countedOf(stream)).toEqual([1]);
  });

  it('that comes too early waits for the ones before it', async () => {
    const stream = newStream();
    await startHearing();
    await publish(recorded(stream, 3), recorded(stream, 2));
    await eventually(async () => ((await consumer()).num_redelivered ?? 0) > 0, { what: 'an event being put off' });
    expect(await countedOf(stream)).toEqual([]);
    await publish(recorded(stream, 1));
    await allSettled();
    expect(await countedOf(stream)).toEqual([1, 10, 100]);
    expect(faults).toEqual([]);
  });

  it('of a tenant that has departed is done with, early ones and those behind a gap', async () => {
    const [begun, fresh] = [newStream(), newStream()];
    await startHearing();
    await publish(recorded(begun, 1));
    await allSettled();
    await under.test.admin.query("INSERT INTO counter.departed_tenant (id, noted) VALUES ($1, '{}')", [tenant]);
    await under.test.admin.query('DELETE FROM counter.position WHERE tenant_id = $1', [tenant]);
    await publish(recorded(begun, 2), recorded(fresh, 1), recorded(fresh, 2, { type: closed.type, data: {} }));
    await allSettled();
    expect(await countedOf(begun)).toEqual([1]);
    expect(await countedOf(fresh)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('that nobody here handles does not hold up the next one', async () => {
    const stream = newStream();
    await startHearing();
    await publish(recorded(stream, 1, { type: closed.type, data: {} }), recorded(stream, 2));
    await allSettled();
    expect(await countedOf(stream)).toEqual([10]);
  });

  it('that is being handled holds up its own stream alone', async () => {
    const [slow, quick] = [newStream(), newStream()];
    const gate = Promise.withResolvers<void>();
    const begun: number[] = [];
    handle = async (reaction) => {
      if (reaction.event.stream === slow) {
        begun.push(reaction.event.version);
        await gate.promise;
      }
      await counted(reaction);
    };
    await startHearing();
    await publish(recorded(slow, 1), recorded(slow, 2), recorded(quick, 1), recorded(quick, 2));
    await eventually(async () => (await countedOf(quick)).length === 2, { what: 'the quick stream going on' });
    expect(begun).toEqual([1]);
    gate.resolve();
    await allSettled();
    expect(begun).toEqual([1, 2]);
    expect(await countedOf(slow)).toEqual([1, 10]);
  });

  it('in a version this release does not read is not handled', async () => {
    const stream = newStream();
    await startHearing();
    await publish(recorded(stream, 1, { typeVersion: 2 }));
    await eventually(() => faults.some((fault) => fault.includes('came as version 2')), { what: 'the fault' });
    expect(await countedOf(stream)).toEqual([]);
    expect((await consumer()).ack_floor.stream_seq).toBe(0);
  });
});

describe('parked', () => {
  const parked = (of: string) =>
    under.database.read<{ stream: string; reason: string }>(of, {
      sql: 'SELECT stream, reason FROM parked WHERE tenant_id = $1',
      parameters: [of],
    });

  it('is an event of a type that this release does not know', async () => {
    const stream = newStream();
    await startHearing();
    await publish(recorded(stream, 1, { type: 'shop.moved' }));
    await eventually(async () => (await parked(tenant)).length === 1, { what: 'the event parked', timeoutMs: 30_000 });
    expect((await parked(tenant))[0]?.reason).toContain('unknown to this release');
  }, 40_000);

  it.each([
    ['another tenant', () => `${contracts.prefix}.shop.${randomUUID()}.ordered`],
    ['another event', (one: Recorded) => `${contracts.prefix}.shop.${one.tenant}.closed`],
  ])('is an envelope on the subject of %s', async (_, subjectOf) => {
    const stream = newStream();
    await startHearing();
    const one = recorded(stream, 1);
    await publishAgain(one, subjectOf(one));
    await eventually(() => faults.length === 1, { what: 'the fault' });
    expect(faults[0]).toContain('name different tenants or types');
    await eventually(async () => (await consumer()).num_ack_pending === 0, { what: 'the message being done with' });
    await allSettled();
    expect(await countedOf(stream)).toEqual([]);
  });

  it('is what is no event, and the next event is heard', async () => {
    const stream = newStream();
    await startHearing();
    await broker.client.publish(`${contracts.prefix}.shop.${tenant}.ordered`, '{"specversion":"0.3"}');
    await publish(recorded(stream, 1));
    await allSettled();
    expect(faults).toHaveLength(1);
    expect(await countedOf(stream)).toEqual([1]);
    expect(await parked(tenant)).toEqual([
      { stream: `unreadable:${streamName(contracts.prefix, 'shop')}`, reason: expect.stringContaining('specversion') },
    ]);
  });
});

describe('stopping', () => {
  it('waits for the event under way, which is not delivered again', async () => {
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    let deliveries = 0;
    handle = async (reaction) => {
      deliveries++;
      reached.resolve();
      await gate.promise;
      await counted(reaction);
    };
    const stream = newStream();
    const before = await startHearing();
    await publish(recorded(stream, 1));
    await reached.promise;
    let ended = false;
    const stopped = before.close().then(() => {
      ended = true;
    });
    await connection.flush(); // A round trip to the broker: enough for a close that does not wait.
    expect(ended).toBe(false);
    gate.resolve();
    await stopped;
    expect(await countedOf(stream)).toEqual([1]);
    await startHearing();
    await publish(recorded(stream, 2));
    await allSettled();
    expect(await countedOf(stream)).toEqual([1, 10]);
    expect(deliveries).toBe(2);
  });
});

describe('a service whose handlers and contracts differ does not start', () => {
  it('when a contract says that it hears what it has no handler for', async () => {
    contracts = { ...contracts, events: [ordered, { ...closed, heardBy: ['counter'] }] };
    await expect(startHearing()).rejects.toThrow('counter has no handler for shop.closed');
  });

  it('when it hears what no contract says it hears', async () => {
    contracts = { ...contracts, events: [{ ...ordered, heardBy: [] }, closed] };
    await expect(startHearing()).rejects.toThrow('counter hears shop.ordered');
  });
});
