import { JetStreamApiError, type JetStreamClient } from '@nats-io/jetstream';
import type { Recorded } from './contract.js';
import { eventSubject, toEnvelope } from './envelope.js';

/**
 * Publishes events in order and waits until the broker has stored all of them. The event's id is the message id, so what
 * is published again within the broker's window is dropped there; after it, consumers' positions drop it.
 */
export async function publishEvents(
  jetstream: JetStreamClient,
  prefix: string,
  events: readonly Recorded[],
): Promise<void> {
  const acknowledged = events.map((event) =>
    jetstream.publish(
      eventSubject(prefix, event.tenant, event.type),
      new TextEncoder().encode(JSON.stringify(toEnvelope(prefix, event))),
      { msgID: event.id, timeout: 5_000 },
    ),
  );
  const settled = await Promise.allSettled(acknowledged);
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed)
    throw failed.reason instanceof JetStreamApiError
      ? failed.reason
      : new Error('The broker did not take all events.', { cause: failed.reason });
}
