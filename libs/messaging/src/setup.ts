import { AckPolicy, DeliverPolicy, type JetStreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { Contracts } from './contract.js';
import { consumersOf, contextsOf } from './permissions.js';
import { contextSubjects, streamName } from './subjects.js';

/**
 * Makes the streams and consumers that the contracts ask for; run by the set-up step's user, who alone may. Safe to
 * repeat. Streams keep everything and refuse delete and purge; a lost one is filled again by its owner's relay.
 */
export async function setUpStreams(manager: JetStreamManager, contracts: Contracts, replicas = 1): Promise<void> {
  for (const context of contextsOf(contracts)) {
    const name = streamName(contracts.prefix, context);
    const config = {
      name,
      subjects: [contextSubjects(contracts.prefix, context)],
      storage: StorageType.File,
      retention: RetentionPolicy.Limits,
      num_replicas: replicas,
      duplicate_window: 120 * 1_000_000_000,
      deny_delete: true,
      deny_purge: true,
    };
    const exists = await manager.streams.info(name).catch(() => undefined);
    if (!exists) await manager.streams.add(config);
  }
  for (const { source, durable } of consumersOf(contracts)) {
    await manager.consumers.add(streamName(contracts.prefix, source), {
      durable_name: durable,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      // How long a killed process keeps its messages from others. Handling one takes milliseconds; a repeat is dropped.
      ack_wait: 10 * 1_000_000_000,
      max_ack_pending: 1_000,
      // Parking is the consumer's own decision, after its own count: the broker must never drop one.
      max_deliver: -1,
    });
  }
}
