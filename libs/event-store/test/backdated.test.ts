import { randomUUID } from 'node:crypto';
import { fromEnvelope, toEnvelope } from '@eaf/messaging';
import type { Recorded } from '@eaf/messaging/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Claim, type Origin, release, setDeadline, setTimer, Timers } from '../src/index.js';
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

const daySeconds = 86_400;
const tenDays = 10 * daySeconds;
const origin = (tenant: string, backdatedSeconds?: number): Origin => ({
  tenant,
  actorId: 'p1',
  correlationId: randomUUID(),
  backdatedSeconds,
});
const one = () => [{ type: 'counter.counted' as const, data: { by: 1 } }];

/** How many seconds an event says to lie before its storing. */
const distanceOf = ({ time, recordedAt }: Recorded) => (recordedAt.getTime() - time.getTime()) / 1_000;

async function counted(from: Origin): Promise<Recorded> {
  const id = randomUUID();
  await counters.decide(from, id, one);
  const [event] = await counters.history(from.tenant, id);
  return event ?? expect.unreachable('Nothing was stored.');
}

async function timerOf(id: string): Promise<{ rings_in: number; backdated_seconds: number }> {
  const { rows } = await under.test.admin.query(
    `SELECT extract(epoch FROM due_at - now())::float8 AS rings_in, backdated_seconds FROM counter.due WHERE id = $1`,
    [id],
  );
  return rows[0];
}

/** The claim of a timer of this kind, once it rings. */
function ringing(kind: string): Promise<Claim> {
  const rung = Promise.withResolvers<Claim>();
  const timers = new Timers(under.runner, 'counter', rung.reject);
  timers.on(kind, async (claim) => rung.resolve(claim));
  timers.start();
  running.push(timers);
  return rung.promise;
}

describe('a backdated story', () => {
  it('happens as long ago as its origin says and is stored now', async () => {
    const before = Date.now();
    const event = await counted(origin(randomUUID(), tenDays));
    expect(event.backdatedSeconds).toBe(tenDays);
    expect(Math.abs(distanceOf(event) - tenDays)).toBeLessThan(5);
    expect(Math.abs(event.recordedAt.getTime() - before)).toBeLessThan(5_000);
  });

  it('leaves what happens now as it is', async () => {
    const event = await counted(origin(randomUUID()));
    expect(event.backdatedSeconds).toBeUndefined();
    expect(Math.abs(distanceOf(event))).toBeLessThan(5);
    expect(Object.keys(toEnvelope('shop', event))).not.toContain('backdatedseconds');
  });

  it('goes on at the same distance in whoever hears of it', async () => {
    const tenant = randomUUID();
    const published = JSON.stringify(toEnvelope('shop', await counted(origin(tenant, tenDays))));
    const event = fromEnvelope('shop', new TextEncoder().encode(published));
    const id = randomUUID();
    await counters.react({ consumer: 'counter', event }, id, one);
    const [reaction] = await counters.history(tenant, id);
    expect(reaction?.backdatedSeconds).toBe(tenDays);
    expect(Math.abs(distanceOf(reaction as Recorded) - tenDays)).toBeLessThan(5);
  });

  it('goes on at the same distance when its timer rings', async () => {
    const [tenant, id] = [randomUUID(), randomUUID()];
    await counters.decide(origin(tenant, tenDays), id, one, {
      also: (_, now) => [setTimer('inherits', id, now, origin(tenant, tenDays))],
    });
    const claim = await ringing('inherits');
    await counters.decide(claim.origin, id, one, { also: () => [release(claim)] });
    const history = await counters.history(tenant, id);
    expect(history.map(({ backdatedSeconds }) => backdatedSeconds)).toEqual([tenDays, tenDays]);
  });

  it('pauses for as long as any other', async () => {
    const [tenant, id] = [randomUUID(), randomUUID()];
    const inAMinute = (now: Date) => new Date(now.getTime() + 60_000);
    const from = origin(tenant, tenDays);
    await counters.decide(from, id, one, { also: (_, now) => [setTimer('pauses', id, inAMinute(now), from)] });
    expect((await timerOf(id)).rings_in).toBeGreaterThan(50);
    await under.test.admin.query('UPDATE counter.due SET due_at = now() WHERE id = $1', [id]);
    const claim = await ringing('pauses');
    await counters.decide(claim.origin, id, one, { also: (_, now) => [release(claim, inAMinute(now))] });
    const { rings_in, backdated_seconds } = await timerOf(id);
    expect([Math.round(rings_in / 10), backdated_seconds]).toEqual([6, tenDays]);
  });

  it.each([
    { promisedAfterDays: 7, ringsAfterSeconds: 60, playsBefore: 3 * daySeconds + 60 },
    { promisedAfterDays: 14, ringsAfterSeconds: 4 * daySeconds, playsBefore: 0 },
  ])('keeps a day that was promised $promisedAfterDays days after it', async (expected) => {
    const [tenant, id] = [randomUUID(), randomUUID()];
    const from = origin(tenant, tenDays);
    await counters.decide(from, id, one, {
      also: (_, now) => {
        const promised = new Date(now.getTime() + expected.promisedAfterDays * daySeconds * 1_000);
        return [setDeadline('promised', id, promised, now, from)];
      },
    });
    const { rings_in, backdated_seconds } = await timerOf(id);
    expect(Math.abs(rings_in - expected.ringsAfterSeconds)).toBeLessThan(5);
    expect(Math.abs(backdated_seconds - expected.playsBefore)).toBeLessThan(5);
  });
});
