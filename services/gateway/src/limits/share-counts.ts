import { randomUUID } from 'node:crypto';
import type { NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';
import { jsonOf } from '../json-of.js';
import type { Limits } from './limits.js';

const message = z.object({ from: z.string(), deltas: z.record(z.string(), z.int().min(1).max(1_000_000)) });

/** Tells the other replicas once a second what was counted here, over core NATS: a lost message lets a few calls more pass. */
export function shareCounts(connection: NatsConnection, prefix: string, limits: Limits): { stop(): void } {
  const subject = `${prefix}.limits`;
  const self = randomUUID();
  const subscription = connection.subscribe(subject, {
    callback: (error, received) => {
      const heard = error ? undefined : message.safeParse(jsonOf(received.data));
      if (heard?.success && heard.data.from !== self) void limits.addFromElsewhere(heard.data.deltas);
    },
  });
  const timer = setInterval(() => {
    const deltas = limits.takeDeltas();
    if (Object.keys(deltas).length === 0 || connection.isClosed() || connection.isDraining()) return;
    connection.publish(subject, JSON.stringify({ from: self, deltas }));
  }, 1_000).unref();
  return {
    stop() {
      clearInterval(timer);
      subscription.unsubscribe();
    },
  };
}
