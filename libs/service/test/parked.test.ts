import { randomUUID } from 'node:crypto';
import { EventStore, keepCopy } from '@eaf/event-store';
import { Hears, publishEvents } from '@eaf/messaging';
import { type Contracts, event, type Heard, type Reaction, type Recorded } from '@eaf/messaging/contract';
import { operatorUser, parkedOperationsOf } from '@eaf/messaging/parked';
import { eventually } from '@eaf/testing';
import { Controller, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { serviceUnderTest } from './service-under-test.js';

const ordered = event({
  type: 'shop.ordered',
  summary: 'Somebody took things.',
  heardBy: ['counter'],
  data: z.object({}),
});
const { list, redeliver } = parkedOperationsOf('counter');
const contracts: Contracts = {
  prefix: `parked-${randomUUID().slice(0, 8)}`,
  operations: [list, redeliver],
  events: [ordered],
  hearsAll: [],
};
const tenant = randomUUID();
const [poisoned, busy, healthy] = ['shop:poisoned', 'shop:busy', 'shop:healthy'] as const;

/** Events that the handler cannot handle, for as long as they stand here. */
const broken = new Set<string>();
const tries: string[] = [];
let hold: Promise<void> | undefined;

@Controller()
class OnOrdered {
  constructor(private readonly store: EventStore) {}

  @Hears(ordered)
  async handle(heard: Heard<typeof ordered>, reaction: Reaction): Promise<void> {
    const name = `${heard.stream} ${heard.version}`;
    tries.push(name);
    if (broken.has(name)) throw new Error(`no shelf for ${name}`);
    if (heard.version === 1) await hold;
    await keepCopy(this.store, reaction, []);
  }
}
@Module({ controllers: [OnOrdered] })
class CounterModule {}

let under: Awaited<ReturnType<typeof serviceUnderTest>>;
beforeAll(async () => {
  under = await serviceUnderTest(contracts, CounterModule, [operatorUser, 'shop']);
});
afterAll(() => under?.close());

const recorded = (stream: string, version: number, ofTenant = tenant): Recorded => ({
  id: randomUUID(),
  type: ordered.type,
  typeVersion: 1,
  data: {},
  tenant: ofTenant,
  stream,
  version,
  actorId: 'p1',
  correlationId: randomUUID(),
  causationId: null,
  traceparent: null,
  time: new Date(),
  recordedAt: new Date(),
});
const publish = (...events: Recorded[]) => publishEvents(under.jetstream, contracts.prefix, events);
const asking = (ofTenant = tenant) => ({ tenant: ofTenant, correlationId: randomUUID() });
const parked = () => under.callsOf(operatorUser).askAsService(list, { limit: 10 }, asking(randomUUID()));
const again = (stream: string, ofTenant = tenant) =>
  under.callsOf(operatorUser).askAsService(redeliver, { consumer: 'counter', stream }, asking(ofTenant));
const reached = async (stream: string, ofTenant = tenant) => {
  const { rows } = await under.admin.query(
    'SELECT version FROM counter.position WHERE tenant_id = $1 AND stream = $2',
    [ofTenant, stream],
  );
  return rows[0]?.version ?? 0;
};

describe('an event whose handler fails eight times', () => {
  it('is parked; later ones of its stream queue behind it and all other streams go on', {
    timeout: 90_000,
  }, async () => {
    broken.add(`${poisoned} 1`).add(`${busy} 1`);
    const elsewhere = randomUUID();
    await publish(recorded(poisoned, 1), recorded(poisoned, 2), recorded(busy, 1), recorded(busy, 2));
    await publish(recorded(healthy, 1), recorded(healthy, 2));
    await eventually(async () => (await reached(healthy)) === 2, { what: 'another stream going on' });
    await eventually(async () => (await parked()).total === 4, {
      timeoutMs: 70_000,
      what: 'both streams being parked',
    });
    expect(tries.filter((one) => one === `${poisoned} 1`)).toHaveLength(8);
    expect(await reached(poisoned)).toBe(0);
    // A stream of the same name is another one in another tenant.
    broken.clear();
    await publish(recorded(poisoned, 1, elsewhere));
    await eventually(async () => (await reached(poisoned, elsewhere)) === 1, { what: 'the other tenant going on' });
    broken.add(`${poisoned} 1`).add(`${busy} 1`);
  });

  it('is listed for the operator with what failed and since when', async () => {
    const { items } = await parked();
    const of = items.filter(({ stream }) => stream === poisoned);
    const common = { tenant, consumer: 'counter', stream: poisoned, type: 'shop.ordered.v1' };
    expect(of).toEqual([
      { ...common, version: 1, reason: `Error: no shelf for ${poisoned} 1`, since: expect.any(String) },
      { ...common, version: 2, reason: 'An earlier event of this stream is parked.', since: expect.any(String) },
    ]);
  });

  it('stays parked when it fails again, and says why', async () => {
    const stuck = { version: 1, reason: `Error: no shelf for ${poisoned} 1` };
    expect(await again(poisoned)).toEqual({ handled: 0, left: 2, stuck });
    expect(await reached(poisoned)).toBe(0);
    expect((await parked()).total).toBe(4);
  });

  it('is handled once the cause is gone, and its stream goes on', async () => {
    broken.delete(`${poisoned} 1`);
    expect(await again(poisoned)).toEqual({ handled: 2, left: 0, stuck: null });
    expect(await reached(poisoned)).toBe(2);
    await publish(recorded(poisoned, 3));
    await eventually(async () => (await reached(poisoned)) === 3, { what: 'the next event being handled' });
    expect((await parked()).items.map(({ stream }) => stream)).toEqual([busy, busy]);
  });

  it('takes along what arrives while its stream is redelivered', async () => {
    broken.delete(`${busy} 1`);
    const gate = Promise.withResolvers<void>();
    hold = gate.promise;
    const before = tries.length;
    const redelivered = again(busy);
    await eventually(() => tries.length > before, { what: 'the redelivery having begun' });
    await publish(recorded(busy, 3));
    await eventually(async () => (await parked()).total === 3, { what: 'the new event queueing behind' });
    gate.resolve();
    expect(await redelivered).toEqual({ handled: 3, left: 0, stuck: null });
    expect(await reached(busy)).toBe(3);
    expect(await parked()).toEqual({ items: [], total: 0 });
  });

  it('is nobody’s business but the operator’s', async () => {
    const shop = under.callsOf('shop');
    const refused = { name: 'OperationFault', code: 'not-allowed' };
    await expect(shop.askAsService(list, {}, asking())).rejects.toMatchObject(refused);
    const wish = { consumer: 'counter', stream: poisoned };
    await expect(shop.askAsService(redeliver, wish, asking())).rejects.toMatchObject(refused);
  });

  it('is listed also when its bytes are no event', async () => {
    const before = (await parked()).total;
    await under.jetstream.publish(`${contracts.prefix}.shop.${tenant}.ordered`, 'no JSON at all');
    await eventually(async () => (await parked()).total === before + 1, { what: 'the bytes being parked' });
    expect((await parked()).items).toContainEqual(
      expect.objectContaining({ tenant, type: '(unreadable)', stream: expect.stringContaining('unreadable:') }),
    );
  });

  it('is not found where nothing is parked', async () => {
    expect(await again(healthy)).toEqual({ refused: 'not-found', detail: {} });
    expect(await again(poisoned, randomUUID())).toEqual({ refused: 'not-found', detail: {} });
  });
});
