import { randomUUID } from 'node:crypto';
import { type Contracts, event } from '@eaf/messaging/contract';
import { z } from 'zod';

/** An event of the size that a granted request has. */
export const happened = event({
  type: 'bench.happened',
  summary: 'What the bench stores and hears.',
  heardBy: ['bench'],
  data: z.object({ n: z.int(), text: z.string() }),
});
export const benchContracts: Contracts = { prefix: 'eaf', operations: [], events: [happened], hearsAll: [] };

export const tenant = randomUUID();
export const originOfBench = () => ({ tenant, actorId: randomUUID(), correlationId: randomUUID() });
export const fact = (n: number) => ({ type: happened.type, data: { n, text: 'x'.repeat(600) } }) as const;
