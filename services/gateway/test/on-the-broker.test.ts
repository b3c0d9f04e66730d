import { randomUUID } from 'node:crypto';
import { eventually } from '@eaf/testing';
import { jetstream } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { GatewayEnv } from '../src/gateway-env.js';
import { Limits } from '../src/limits/limits.js';
import { shareCounts } from '../src/limits/share-counts.js';
import { problemOf } from '../src/problems/problem-of.js';
import { SessionStore } from '../src/sessions/session-store.js';

let connection: NatsConnection;
beforeAll(async () => {
  const { url, user, password } = inject('nats');
  connection = await connect({ servers: url, user, pass: password });
});
afterAll(() => connection.close());

describe('sessions', () => {
  const started = { personId: randomUUID(), tenantId: randomUUID(), memberships: [] };
  async function storeAt(clock: { now: number }) {
    const bucket = await new Kvm(jetstream(connection)).create(`sessions-${randomUUID()}`, { allow_direct: true });
    return { store: new SessionStore(bucket, () => clock.now), bucket };
  }

  it('end after thirty idle minutes, and live on while the person is there', async () => {
    const clock = { now: 1_000_000 };
    const { store } = await storeAt(clock);
    const cookie = await store.begin(started);
    clock.now += 29 * 60_000;
    const found = await store.find(cookie);
    expect(found).toMatchObject(started);
    if (found) await store.keepAwake(cookie, found);
    clock.now += 29 * 60_000;
    expect(await store.find(cookie)).toBeDefined();
    clock.now += 2 * 60_000;
    expect(await store.find(cookie)).toBeUndefined();
  });

  it('stay ended for a call that was under way', async () => {
    const clock = { now: 1_000_000 };
    const { store } = await storeAt(clock);
    const cookie = await store.begin(started);
    const found = await store.find(cookie);
    await store.end(cookie);
    clock.now += 2 * 60_000;
    if (found) await store.keepAwake(cookie, found);
    await store.moveTo(cookie, randomUUID());
    expect(await store.find(cookie)).toBeUndefined();
  });

  it('are stored at most once a minute', async () => {
    const clock = { now: 1_000_000 };
    const { store, bucket } = await storeAt(clock);
    const cookie = await store.begin(started);
    const found = await store.find(cookie);
    const before = (await bucket.status()).streamInfo.state.last_seq;
    clock.now += 59_000;
    if (found) await store.keepAwake(cookie, found);
    expect((await bucket.status()).streamInfo.state.last_seq).toBe(before);
  });

  it('of one person end together, and hold no cookie that opens one', async () => {
    const { store, bucket } = await storeAt({ now: 1_000_000 });
    const cookies = await Promise.all([1, 2, 3].map(() => store.begin(started)));
    const stranger = await store.begin({ ...started, personId: randomUUID() });
    const keys: string[] = [];
    for await (const key of await bucket.keys()) keys.push(key);
    expect(keys.join()).not.toContain(cookies[0]);
    await store.endAllOf(started.personId);
    expect(await Promise.all(cookies.map((cookie) => store.find(cookie)))).toEqual([undefined, undefined, undefined]);
    expect(await store.find(stranger)).toBeDefined();
  });
});

describe('limits of several replicas', () => {
  it('let hardly more than a hundred changes a minute pass', async () => {
    const prefix = `test-${randomUUID()}`;
    const limits = [new Limits(), new Limits(), new Limits()];
    const shared = limits.map((one) => shareCounts(connection, prefix, one));
    const doors = limits.map((one) => {
      const app = new Hono<GatewayEnv>();
      app.onError((error, c) => c.text(problemOf(error).code, 429));
      return app.post('/', async (c) => {
        await one.take(c, 'writes', 'erika');
        return c.text('done');
      });
    });
    let passed = 0;
    let refused = 0;
    await eventually(
      async () => {
        for (const door of doors) {
          if ((await door.request('/', { method: 'POST' })).status === 200) passed++;
          else refused++;
        }
        return refused >= 30;
      },
      { timeoutMs: 20_000 },
    );
    for (const one of shared) one.stop();
    expect(passed).toBeGreaterThanOrEqual(100);
    expect(passed).toBeLessThanOrEqual(130);
  });
});
