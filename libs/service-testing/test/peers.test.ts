import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { Calls, inboxPrefix } from '@eaf/messaging';
import { operation, refuse } from '@eaf/messaging/contract';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { Peers } from '../src/index.js';

const price = operation({
  name: 'catalogue.price',
  summary: 'What an article costs',
  callers: ['orders'],
  allow: ['buyer'],
  input: z.object({ article: z.string() }),
  output: z.object({ cents: z.int() }),
  refusals: { 'article.unknown': z.object({ article: z.string() }) },
});
const contracts = { prefix: `peers-${randomUUID()}`, operations: [price], events: [], hearsAll: [] };
const buyer = {
  tenant: randomUUID(),
  actorId: randomUUID(),
  roles: ['buyer'],
  scopes: [],
  correlationId: randomUUID(),
};

let connection: NatsConnection;
let peers: Peers;
let orders: Calls;

beforeAll(async () => {
  const { url, user, password } = inject('nats');
  connection = await connect({ servers: url, user, pass: password, inboxPrefix: inboxPrefix('orders') });
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  peers = new Peers(connection, contracts, new Map([['orders', publicKey]]));
  orders = new Calls(connection, contracts.prefix, 'orders', privateKey);
});
afterAll(() => connection.close());

const ask = (asking = buyer) => orders.ask(price, { article: 'chair' }, asking, { timeoutMs: 500 });

describe('a peer', () => {
  it('answers by its contract and notes what was asked', async () => {
    peers.answer(price, () => ({ cents: 4900 }));
    expect(await ask()).toEqual({ cents: 4900 });
    peers.answer(price, ({ article }) => refuse('article.unknown', { article }));
    expect(await ask()).toEqual({ refused: 'article.unknown', detail: { article: 'chair' } });
    expect(peers.askedOf(price).map(({ input, actorId }) => [input.article, actorId])).toEqual(
      [1, 2].map(() => ['chair', buyer.actorId]),
    );
    expect(peers.faults).toEqual([]);
  });

  const outside: [string, unknown][] = [
    ['an output of another shape', { cents: 'much' }],
    ['a refusal that is not listed', refuse('article.sold-out')],
    ['a detail of another shape', refuse('article.unknown', { article: 7 })],
  ];
  for (const [what, answer] of outside) {
    it(`counts as a fault: ${what}`, async () => {
      peers.answer(price, () => answer);
      await expect(ask()).rejects.toMatchObject({ code: 'internal' });
      expect(peers.faults.splice(0)).toHaveLength(1);
    });
  }

  it('counts a question without the right to it as a fault', async () => {
    peers.answer(price, () => ({ cents: 4900 }));
    await expect(ask({ ...buyer, roles: [] })).rejects.toMatchObject({ code: 'not-allowed' });
    expect(peers.faults.splice(0)).toHaveLength(1);
  });

  it('is silent, or gone, or back, as told', async () => {
    peers.answer(price, () => undefined);
    await expect(ask()).rejects.toMatchObject({ name: 'ServiceAway' });
    await peers.leave(price);
    await expect(ask()).rejects.toMatchObject({ name: 'ServiceAway' });
    peers.answer(price, () => ({ cents: 1 }));
    expect(await ask()).toEqual({ cents: 1 });
  });
});
