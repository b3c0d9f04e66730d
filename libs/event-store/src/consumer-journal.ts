import type { ParkedAt } from '@eaf/messaging';
import { type Reaction, reasonOf } from '@eaf/messaging/contract';
import type { EventStore } from './event-store.js';
import { keepCopy } from './streams.js';
import type { EventStoreTables } from './tables.js';

/** Where a service's consumers note what they passed over and what they had to give up on. */
export class DatabaseJournal {
  constructor(private readonly store: EventStore<EventStoreTables>) {}

  async skip(reaction: Reaction): Promise<void> {
    await keepCopy(this.store, reaction, []);
  }

  /**
   * The earlier event is locked while this one is stored: whoever redelivers the stream meanwhile either finds this one
   * when it looks for the next, or has already removed the earlier one, and then this one is not stored.
   */
  async parkBehind({ consumer, event }: Reaction, bytes: Uint8Array): Promise<boolean> {
    const behind = await this.store.database.read(event.tenant, {
      sql: `WITH earlier AS (
              SELECT version FROM parked WHERE tenant_id = $1 AND consumer = $2 AND stream = $3 AND version < $4
              ORDER BY version DESC LIMIT 1 FOR SHARE
            ), stored AS (
              INSERT INTO parked (tenant_id, consumer, stream, version, envelope, reason)
              SELECT $1, $2, $3, $4, $5, 'An earlier event of this stream is parked.' FROM earlier
              ON CONFLICT DO NOTHING
            )
            SELECT version FROM earlier`,
      parameters: [event.tenant, consumer, event.stream, event.version, Buffer.from(bytes)],
    });
    return behind.length > 0;
  }

  async park({ consumer, event }: ParkedAt, bytes: Uint8Array, reason: string): Promise<void> {
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
   * Hands a stream's parked events to `handle` again, in order, at most a hundred, and stops at the first that still
   * fails. An event is forgotten once it is handled; what is parked behind it meanwhile follows.
   */
  async redeliver(
    { tenant, consumer, stream }: { tenant: string; consumer: string; stream: string },
    handle: (bytes: Uint8Array) => Promise<void>,
  ): Promise<Redelivered> {
    const { database } = this.store;
    const rows = { text: 'tenant_id = $1 AND consumer = $2 AND stream = $3', values: [tenant, consumer, stream] };
    const parked = () =>
      database.read<{ version: number; envelope: Buffer; parked: number }>(tenant, {
        sql: `SELECT version, envelope, count(*) OVER ()::integer AS parked FROM parked WHERE ${rows.text} ORDER BY version LIMIT 1`,
        parameters: rows.values,
      });
    for (let handled = 0; ; handled++) {
      const [next] = await parked();
      if (!next || handled === redeliveredAtMost) return { handled, left: next?.parked ?? 0, stuck: null };
      try {
        await handle(next.envelope);
      } catch (error) {
        return { handled, left: next.parked, stuck: { version: next.version, reason: reasonOf(error) } };
      }
      await database.flush(tenant, [
        {
          sql: `DELETE FROM parked WHERE ${rows.text} AND version = $4`,
          parameters: [...rows.values, next.version],
        },
      ]);
    }
  }
}

const redeliveredAtMost = 100;

export interface Redelivered {
  readonly handled: number;
  readonly left: number;
  /** The event that failed again, and why; null: none did. */
  readonly stuck: { readonly version: number; readonly reason: string } | null;
}
