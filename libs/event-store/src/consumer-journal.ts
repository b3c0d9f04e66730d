import type { Reaction } from '@eaf/messaging/contract';
import type { EventStore } from './event-store.js';
import { keepCopy } from './streams.js';
import type { EventStoreTables } from './tables.js';

/** Where a service's consumers note what they passed over and what they had to give up on. */
export class DatabaseJournal {
  constructor(private readonly store: EventStore<EventStoreTables>) {}

  async skip(reaction: Reaction): Promise<void> {
    await keepCopy(this.store, reaction, []);
  }

  async isHeldBack({ consumer, event }: Reaction): Promise<boolean> {
    const { database } = this.store;
    const rows = await database.read(
      event.tenant,
      database.sql
        .selectFrom('parked')
        .select('version')
        .where('tenant_id', '=', event.tenant)
        .where('consumer', '=', consumer)
        .where('stream', '=', event.stream)
        .where('version', '<', event.version)
        .limit(1),
    );
    return rows.length > 0;
  }

  async park({ consumer, event }: Reaction, bytes: Uint8Array, reason: string): Promise<void> {
    const { database } = this.store;
    await database.flush(event.tenant, [
      database.sql
        .insertInto('parked')
        .values({
          tenant_id: event.tenant,
          consumer,
          stream: event.stream,
          version: event.version,
          envelope: Buffer.from(bytes),
          reason,
        })
        .onConflict((conflict) => conflict.doNothing()),
    ]);
  }

  /**
   * Delivers a stream's parked events again, in order, and stops at the first that still fails.
   * @returns how many were handled
   */
  async redeliver(
    tenant: string,
    consumer: string,
    stream: string,
    handle: (bytes: Uint8Array) => Promise<void>,
  ): Promise<number> {
    const { database } = this.store;
    const parked = await database.read(
      tenant,
      database.sql
        .selectFrom('parked')
        .select(['version', 'envelope'])
        .where('tenant_id', '=', tenant)
        .where('consumer', '=', consumer)
        .where('stream', '=', stream)
        .orderBy('version'),
    );
    for (const { version, envelope } of parked) {
      await handle(envelope);
      await database.flush(tenant, [
        database.sql
          .deleteFrom('parked')
          .where('tenant_id', '=', tenant)
          .where('consumer', '=', consumer)
          .where('stream', '=', stream)
          .where('version', '=', version),
      ]);
    }
    return parked.length;
  }
}
