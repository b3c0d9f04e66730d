import { AckPolicy, DeliverPolicy, type JetStreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { Contracts } from './contract.js';
import { consumersOf, contextsOf } from './permissions.js';
import { contextSubjects, streamName, tenantSubjects } from './subjects.js';

/**
 * Makes the streams and consumers that the contracts ask for; run by the set-up step's user, who alone may. Safe to
 * repeat. Streams keep everything, but for what {@link purgeTenant} takes out; a lost one is filled again by its owner's
 * relay.
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
    };
    const exists = await manager.streams.info(name).catch(() => undefined);
    // One that refuses to be purged was made by an earlier release, and that cannot be changed: it is lost on purpose.
    if (exists?.config.deny_purge) await manager.streams.delete(name);
    if (!exists || exists.config.deny_purge) await manager.streams.add(config);
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

/**
 * Takes a tenant's events out of every stream, for good; by the set-up step's user, since no service may.
 * @returns how many messages went
 */
export async function purgeTenant(manager: JetStreamManager, contracts: Contracts, tenant: string): Promise<number> {
  let purged = 0;
  for (const context of contextsOf(contracts)) {
    const filter = tenantSubjects(contracts.prefix, context, tenant);
    purged += (await manager.streams.purge(streamName(contracts.prefix, context), { filter })).purged;
  }
  return purged;
}
