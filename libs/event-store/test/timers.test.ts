import { randomUUID } from 'node:crypto';
import { eventually } from '@eaf/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Claim, ClaimLost, keep, release, setTimer, type TimerHandler, Timers } from '../src/index.js';
import { Counters, type StoreUnderTest, storeUnderTest } from './store-under-test.js';

let under: StoreUnderTest;
let counters: Counters;
beforeAll(async () => {
  under = await storeUnderTest();
  counters = new Counters(under.store);
});
afterAll(() => under.close());

const running: Timers[] = [];
afterEach(() => Promise.all(running.splice(0).map((timers) => timers.stop())));

const origin = (tenant: string) => ({ tenant, actorId: 'system:counter', correlationId: randomUUID() });
const counted = { type: 'counter.counted' as const, data: { by: 1 } };

async function set(tenant: string, kind: string, id: string): Promise<void> {
  await under.store.commit(origin(tenant), [], { statements: [setTimer(kind, id, new Date(), origin(tenant))] });
}

/** One replica that rings timers of a kind. */
function replica(kind: string, handle: TimerHandler, faults: unknown[] = []): void {
  const timers = new Timers(under.runner, 'counter', (error) => faults.push(error));
  timers.on(kind, handle);
  timers.start();
  running.push(timers);
}

/** What a worker stores at its end: a fact, and with it whatever ends or keeps its claim. */
async function conclude(claim: Claim, ends: (claim: Claim) => ReturnType<typeof release>): Promise<void> {
  const loaded = await counters.load(claim.origin, claim.id);
  const append = counters.record(claim.origin, loaded, [counted]);
  await under.store.commit(claim.origin, [append], { statements: [ends(claim)] });
}
const sumOf = async (tenant: string, id: string) => (await counters.load(origin(tenant), id)).state;

describe('a timer', () => {
  it('rings once for two replicas, and not again once it is released', async () => {
    const [tenant, id] = [randomUUID(), randomUUID()];
    const work: TimerHandler = (claim) => conclude(claim, release);
    replica('once', work);
    replica('once', work);
    await set(tenant, 'once', id);
    await eventually(async () => (await sumOf(tenant, id)) > 0, { what: 'the timer having rung' });
    const { rows } = await under.test.admin.query('SELECT FROM counter.due WHERE id = $1', [id]);
    expect([await sumOf(tenant, id), rows.length]).toEqual([1, 0]);
  });

  it('rings again when its work throws', async () => {
    const [tenant, id] = [randomUUID(), randomUUID()];
    const faults: unknown[] = [];
    replica(
      'fails-once',
      async (claim) => {
        if (claim.attempts === 0) throw new Error('not yet');
        await conclude(claim, release);
      },
      faults,
    );
    await set(tenant, 'fails-once', id);
    await eventually(async () => (await sumOf(tenant, id)) === 1, { what: 'the second ringing' });
    expect(faults.map(String)).toEqual(['Error: not yet']);
  });

  it.each([
    ['release', release],
    ['keep', keep],
  ])('taken over by another lets the first worker store nothing by %s', async (kind, ends) => {
    const [tenant, id] = [randomUUID(), randomUUID()];
    const frozen = Promise.withResolvers<void>();
    const [began, tried] = [Promise.withResolvers<void>(), Promise.withResolvers<unknown>()];
    replica(kind, async (claim) => {
      began.resolve();
      await frozen.promise;
      await conclude(claim, ends).then(tried.resolve, tried.resolve);
    });
    await set(tenant, kind, id);
    await began.promise;
    await under.test.admin.query("UPDATE counter.due SET claimed_until = '-infinity' WHERE id = $1", [id]);
    const second = Promise.withResolvers<Claim>();
    replica(kind, async (claim) => second.resolve(claim));
    const claim = await second.promise;
    frozen.resolve();
    expect(await tried.promise).toBeInstanceOf(ClaimLost);
    expect(await sumOf(tenant, id)).toBe(0);
    await conclude(claim, release);
    expect(await sumOf(tenant, id)).toBe(1);
  });
});
