import { randomUUID } from 'node:crypto';
import { signActorToken } from '@eaf/auth';
import { headers } from '@nats-io/nats-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { OperationFault, refuse } from '../src/contract.js';
import { type AskingFor, type OperationContext, operationSubject, ServiceAway } from '../src/index.js';
import { type Keeper, openShop, operations } from './shop.js';

const prefix = `asking-${randomUUID().slice(0, 8)}`;
const keeper: Keeper = { order: async () => ({ left: 0, note: null }) };
const { order, count } = operations;
let shop: Awaited<ReturnType<typeof openShop>>;
let heard: OperationContext[] = [];

beforeAll(async () => {
  shop = await openShop(prefix, { order: (input, context) => keeper.order(input, context) }, async (context, texts) =>
    texts.map((text) => `sealed:${context.actorId}:${text.length}`),
  );
});
afterAll(() => shop.close());
afterEach(() => {
  heard = [];
  shop.faults.length = 0;
  keeper.order = async () => ({ left: 0, note: null });
});

const erika: AskingFor = {
  tenant: randomUUID(),
  actorId: 'erika',
  roles: ['clerk'],
  scopes: ['aisle:7'],
  correlationId: randomUUID(),
  backdatedSeconds: 86_400,
};
const two = { thing: 'nails', count: 2 };
const faultOf = (asked: Promise<unknown>) =>
  asked.then(
    () => expect.unreachable('It was answered.'),
    (fault: OperationFault) => fault,
  );
const remember = () => {
  keeper.order = async (_, context) => {
    heard.push(context);
    return { left: 1, note: null };
  };
};

describe('a question', () => {
  it('reaches the handler with who asks, and brings its answer back', async () => {
    remember();
    expect(await shop.callsOf('desk').ask(order, two, erika)).toEqual({ left: 1, note: null });
    expect(heard).toMatchObject([{ ...erika, caller: 'desk', operation: 'stock.order' }]);
  });

  it('is answered with a refusal of the contract as a value', async () => {
    keeper.order = async () => refuse('stock.too-few', { left: 1 });
    const reply = await shop.callsOf('desk').ask(order, two, erika);
    expect(reply).toEqual({ refused: 'stock.too-few', detail: { left: 1 } });
    expect(shop.faults).toEqual([]);
  });

  it('whose answer is more than the broker takes is told so, and does not wait', async () => {
    keeper.order = async () => ({ left: 0, note: 'x'.repeat(9 * 1024 * 1024) });
    const fault = await faultOf(shop.callsOf('desk').ask(order, two, erika));
    expect(fault).toMatchObject({ code: 'internal', message: expect.stringContaining('too large') });
    expect(shop.faults.map(({ error }) => String(error))).toEqual([
      expect.stringContaining('more than the broker takes'),
    ]);
  });

  it('tells wrong input by its place and without repeating it', async () => {
    const fault = await faultOf(shop.callsOf('desk').ask(order, { thing: 'x', count: 0 }, erika));
    expect(fault).toMatchObject({ code: 'invalid-input' });
    expect(fault.issues.map(({ pointer }) => pointer)).toEqual(['/thing', '/count']);
  });

  it('carries its idempotency key with a hash that tells nothing of the input', async () => {
    remember();
    await shop.callsOf('desk').ask(order, two, erika, { idempotencyKey: 'k1' });
    await shop.callsOf('desk').ask(order, two, erika, { idempotencyKey: 'k1' });
    await shop.callsOf('desk').ask(order, { ...two, count: 3 }, erika, { idempotencyKey: 'k1' });
    const [first, same, other] = heard.map(({ idempotency }) => idempotency);
    expect(first).toMatchObject({ operation: 'stock.order', key: 'k1' });
    expect(same).toEqual(first);
    expect(other?.inputHash).not.toBe(first?.inputHash);
  });

  it('has its personal texts sealed before the handler sees them', async () => {
    keeper.order = async ({ note }) => ({ left: 0, note: note ?? null });
    const reply = await shop.callsOf('desk').ask(order, { ...two, note: 'for Bernd' }, erika);
    expect(reply).toEqual({ left: 0, note: 'sealed:erika:9' });
  });
});

describe('not carried out, and the handler never sees it', () => {
  const refused = async (asked: Promise<unknown>) => {
    expect(await faultOf(asked)).toMatchObject({ name: 'OperationFault', code: 'not-allowed' });
    expect(heard).toEqual([]);
  };

  /** A question as somebody on the broker might forge it. */
  const forge = async (more: Partial<Parameters<typeof signActorToken>[1]> & { key?: 'desk' | 'thief' } = {}) => {
    const body = new TextEncoder().encode(JSON.stringify(two));
    const { tenant, actorId: principalId, roles, scopes, correlationId } = erika;
    const token = await signActorToken(shop.keys[more.key ?? 'desk'].privateKey, {
      ...{ caller: 'desk', audience: 'stock', operation: order.name, body, tenant, principalId, roles, scopes },
      ...{ correlationId },
      ...more,
    });
    return send(body, token);
  };
  const send = async (body: Uint8Array, token?: string) => {
    const head = headers();
    if (token) head.set('Eaf-Actor', token);
    const answer = await shop.connection.request(operationSubject(prefix, order.name), body, {
      headers: head,
      timeout: 5_000,
    });
    return answer.json<{ output?: unknown; fault?: { code: string } }>();
  };

  it('is what a service asks that the contract does not list', async () => {
    remember();
    await refused(shop.callsOf('thief').ask(order, two, erika));
  });

  it('is what a person asks without one of the roles', async () => {
    remember();
    await refused(shop.callsOf('desk').ask(order, two, { ...erika, roles: ['auditor'] }));
  });

  it('is what a service asks in its own name where only persons may', async () => {
    await refused(shop.callsOf('desk').askAsService(count, {}, erika));
    expect(await shop.callsOf('desk').ask(count, {}, { ...erika, roles: [] })).toEqual({ left: 3 });
  });

  it.each([
    ['for another body', { body: new TextEncoder().encode('{"thing":"gold","count":9}') }],
    ['for another operation', { operation: 'stock.count' }],
    ['for another service', { audience: 'till' }],
    ['in another service’s name', { key: 'thief' as const }],
    ['by a service nobody knows', { caller: 'stranger' }],
  ])('is what comes with a token signed %s', async (_, forged) => {
    remember();
    expect(await forge()).toHaveProperty('output'); // The same, with nothing wrong about it, is carried out.
    heard = [];
    expect(await forge(forged)).toMatchObject({ fault: { code: 'not-allowed' } });
    expect(heard).toEqual([]);
  });

  it('is what comes with a token that has run out', async () => {
    remember();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 36_000 }); // 30 s of life, 5 s for clocks that differ.
    const asked = forge();
    vi.useRealTimers();
    expect(await asked).toMatchObject({ fault: { code: 'not-allowed' } });
    expect(heard).toEqual([]);
  });

  it('is what comes without a token', async () => {
    remember();
    expect(await send(new TextEncoder().encode(JSON.stringify(two)))).toMatchObject({ fault: { code: 'not-allowed' } });
    expect(heard).toEqual([]);
  });
});

describe('a fault', () => {
  it('of the handler is told to the operator, not to the caller', async () => {
    keeper.order = () => Promise.reject(new Error('shelf 7 of Bernd is locked'));
    const fault = await faultOf(shop.callsOf('desk').ask(order, two, erika));
    expect(fault).toMatchObject({ code: 'internal' });
    expect(fault.message).not.toContain('Bernd');
    expect(shop.faults).toHaveLength(1);
  });

  it('that the handler names keeps its code', async () => {
    keeper.order = () => Promise.reject(new OperationFault('conflict', 'Somebody was faster.'));
    const fault = await faultOf(shop.callsOf('desk').ask(order, two, erika));
    expect(fault).toMatchObject({ code: 'conflict', message: 'Somebody was faster.' });
  });

  it('is an answer that the contract does not allow', async () => {
    keeper.order = async () => ({ left: 'many', note: null }) as never;
    expect(await faultOf(shop.callsOf('desk').ask(order, two, erika))).toMatchObject({ code: 'internal' });
  });

  it('is a refusal that the contract does not list', async () => {
    keeper.order = async () => ({ refused: 'stock.closed', detail: {} }) as never;
    expect(await faultOf(shop.callsOf('desk').ask(order, two, erika))).toMatchObject({ code: 'internal' });
    expect(shop.faults).toHaveLength(1);
  });
});

describe('when nobody answers', () => {
  it('says at once that nobody is there', async () => {
    const nobody = { ...order, name: 'till.pay' };
    await expect(shop.callsOf('desk').ask(nobody, two, erika)).rejects.toBeInstanceOf(ServiceAway);
  });

  it('says after the time allowed that the outcome is unknown', async () => {
    const answer = Promise.withResolvers<{ left: number; note: null }>();
    keeper.order = () => answer.promise;
    const asked = shop.callsOf('desk').ask(order, two, erika, { timeoutMs: 100 });
    await expect(asked).rejects.toMatchObject({ name: 'ServiceAway', service: 'stock', operation: 'stock.order' });
    answer.resolve({ left: 0, note: null });
  });
});

describe('stopping', () => {
  it('takes nothing new and answers what is under way', async () => {
    const begun = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<{ left: number; note: null }>();
    const own = await openShop(`${prefix}-stops`, {
      order: () => {
        begun.resolve();
        return answer.promise;
      },
    });
    try {
      const underWay = own.callsOf('desk').ask(order, two, erika);
      await begun.promise;
      let ended = false;
      const stopped = own.stop().then(() => {
        ended = true;
      });
      const later = () => own.callsOf('desk').ask(count, {}, erika, { timeoutMs: 500 });
      await vi.waitFor(() => expect(later()).rejects.toBeInstanceOf(ServiceAway));
      expect(ended).toBe(false);
      answer.resolve({ left: 7, note: null });
      expect(await underWay).toEqual({ left: 7, note: null });
      await stopped;
    } finally {
      await own.close();
    }
  });
});
