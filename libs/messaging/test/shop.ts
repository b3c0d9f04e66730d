import { generateKeyPairSync } from 'node:crypto';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { inject } from 'vitest';
import { z } from 'zod';
import type { Seal } from '../src/answer-operation.js';
import { type Contracts, type Input, operation, personal, type Reply } from '../src/contract.js';
import { Calls, Handles, NatsTransport, type OperationContext, PassFaults } from '../src/index.js';

export const order = operation({
  name: 'stock.order',
  summary: 'Takes things off the shelf',
  callers: ['desk'],
  allow: ['clerk'],
  input: z.object({ thing: z.string().min(2), count: z.int().min(1), note: personal(50).optional() }),
  output: z.object({ left: z.int(), note: z.string().nullable() }),
  refusals: { 'stock.too-few': z.object({ left: z.int() }) },
  writes: true,
});
const count = operation({
  name: 'stock.count',
  summary: 'Counts; for every person',
  callers: ['desk'],
  allow: ['anyone'],
  input: z.object({}),
  output: z.object({ left: z.int() }),
});
export const operations = { order, count };

/** What the shelf's keeper does next; each test says so. */
export interface Keeper {
  order(input: Input<typeof order>, context: OperationContext): Promise<Reply<typeof order>>;
}

/** A NestJS service `stock` on the run's broker, and those who ask it, each with a key of its own. */
export async function openShop(prefix: string, keeper: Keeper, seal?: Seal) {
  @Controller()
  class Stock {
    @Handles(order)
    order(input: Input<typeof order>, context: OperationContext): Promise<Reply<typeof order>> {
      return keeper.order(input, context);
    }

    @Handles(count)
    count(): Promise<Reply<typeof count>> {
      return Promise.resolve({ left: 3 });
    }
  }
  @Module({ controllers: [Stock] })
  class Shop {}
  const contracts: Contracts = { prefix, operations: [order, count], events: [], hearsAll: [] };
  const keys = { desk: generateKeyPairSync('ed25519'), thief: generateKeyPairSync('ed25519') };
  const connection = await connectToRun();
  const faults: { what: string; error: unknown }[] = [];
  const transport = new NatsTransport({
    connection,
    contracts,
    service: 'stock',
    publicKeys: new Map(Object.entries(keys).map(([name, { publicKey }]) => [name, publicKey])),
    hashKey: new Uint8Array(32),
    journal: { skip: nothingIsHeard, parkBehind: nothingIsHeard, park: nothingIsHeard },
    seal,
    onFault: (what, error) => faults.push({ what, error }),
  });
  const app = await NestFactory.createMicroservice(Shop, { strategy: transport, logger: false });
  app.useGlobalFilters(new PassFaults());
  await app.listen();
  const asking = await connectToRun();
  return {
    connection: asking,
    keys,
    faults,
    /** Questions by a caller, signed with that caller's key. */
    callsOf: (caller: keyof typeof keys) => new Calls(asking, prefix, caller, keys[caller].privateKey),
    /** As at SIGTERM. */
    stop: () => app.close(),
    async close() {
      await app.close();
      await Promise.all([connection.close(), asking.close()]);
    },
  };
}

async function connectToRun(): Promise<NatsConnection> {
  const { url, user, password } = inject('nats');
  return connect({ servers: url, user, pass: password });
}

function nothingIsHeard(): never {
  throw new Error('This shop hears no events.');
}
