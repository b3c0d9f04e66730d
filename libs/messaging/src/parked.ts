import { z } from 'zod';
import { operation } from './contract.js';

/** The operator's user on the broker and name as a caller: may look at every service with `nats micro`, and ask what is declared here. */
export const operatorUser = 'operator';

/** An event that a consumer gave up on, or that waits behind one. Says what happened where, and nothing of what is in it. */
const parkedEvent = z.object({
  tenant: z.uuid(),
  consumer: z.string(),
  stream: z.string(),
  version: z.int(),
  type: z.string(),
  reason: z.string(),
  since: z.iso.datetime(),
});

/** What an operator may ask of each service that hears events; a product lists them among its operations. */
export function parkedOperationsOf(context: string) {
  const common = { callers: [operatorUser], allow: ['services'] };
  return {
    list: operation({
      ...common,
      name: `${context}.list-parked`,
      summary: 'Events of all tenants that its consumers gave up on, and those that wait behind them',
      input: z.object({ limit: z.int().min(1).max(1_000).default(200) }),
      output: z.object({ items: z.array(parkedEvent), total: z.int() }),
    }),
    /** The tenant is the token's. */
    redeliver: operation({
      ...common,
      name: `${context}.redeliver`,
      summary: 'Hands a stream’s parked events to their handlers again, in order, up to the first that still fails',
      input: z.object({ consumer: z.string(), stream: z.string() }),
      output: z.object({
        handled: z.int(),
        left: z.int(),
        /** The event that failed again; null: none did. */
        stuck: z.object({ version: z.int(), reason: z.string() }).nullable(),
      }),
      refusals: { 'not-found': z.object({}) },
      writes: true,
    }),
  };
}
