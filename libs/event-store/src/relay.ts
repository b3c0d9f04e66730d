import { randomUUID } from 'node:crypto';
import type { Recorded } from '@eaf/messaging/contract';
import type pg from 'pg';
import { type EventRow, eventColumns, toRecorded } from './recorded-row.js';
import { WakeableLoop } from './wakeable-loop.js';

const batchSize = 500;
const leaseSeconds = 10;

export const relayBatch = `
  SELECT ${eventColumns}, transaction_id, position, transaction_id < pg_snapshot_xmin(pg_current_snapshot()) AS settled
  FROM event WHERE (transaction_id, position) > ($1::xid8, $2::bigint)
  ORDER BY transaction_id, position LIMIT ${batchSize}`;

interface Lease {
  fence: string;
  transaction_id: string;
  position: string;
}

/**
 * Publishes every committed event from the event table, which is the outbox. One process a schema holds the lease; any
 * replica takes over when it lapses. Events are read in (transaction id, position) order below the snapshot's xmin: by
 * position alone, a slow writer's event would be passed over for good.
 */
export class Relay {
  readonly #holder = randomUUID();
  readonly #loop: WakeableLoop;
  #lease: Lease | undefined;
  #leasedUntil = 0;
  /** Events published since the start; for metrics. */
  published = 0;

  /**
   * @param pool     the runner role's pool: it may read all tenants' events and nothing else
   * @param publish  resolves when the broker has stored all of them; publishing the same id again must be harmless
   * @param target   which stream it publishes to, by something that another stream in its place would not share: into
   *                 that one everything is published again
   */
  constructor(
    private readonly pool: pg.Pool,
    private readonly publish: (events: Recorded[]) => Promise<void>,
    private readonly target: () => Promise<string>,
    onError: (error: unknown) => void,
  ) {
    this.#loop = new WakeableLoop(() => this.#publishBatch(), { idleMs: 1_000, retryMs: 500, onError });
  }

  start(): void {
    this.#loop.start();
  }

  /** Something was committed; look at once. */
  wake(): void {
    this.#loop.wake();
  }

  /** As far as this process knows: it finds out at the next batch when another has taken over. */
  get holdsLease(): boolean {
    return this.#lease !== undefined && Date.now() < this.#leasedUntil;
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    if (this.#lease) {
      await this.pool
        .query("UPDATE relay_cursor SET leased_until = '-infinity' WHERE name = 'relay' AND fence = $1", [
          this.#lease.fence,
        ])
        .catch(() => {}); // The lease lapses by itself in ten seconds.
    }
  }

  /** @returns ms until the next look; 0 = at once */
  async #publishBatch(): Promise<number | undefined> {
    const lease = await this.#holdLease();
    if (!lease) return undefined;
    const { rows } = await this.pool.query<EventRow & { transaction_id: string; position: string; settled: boolean }>({
      name: 'relay-batch',
      text: relayBatch,
      values: [lease.transaction_id, lease.position],
    });
    const settled = rows.filter((row) => row.settled);
    const last = settled.at(-1);
    // Committed, but an older transaction is still open somewhere in the cluster: it will settle in milliseconds.
    if (!last) return rows.length > 0 ? 3 : undefined;
    await this.publish(settled.map(toRecorded));
    const moved = await this.pool.query({
      name: 'relay-move',
      text: `UPDATE relay_cursor SET transaction_id = $2::xid8, position = $3, leased_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
             WHERE name = 'relay' AND fence = $1`,
      values: [lease.fence, last.transaction_id, last.position],
    });
    if (moved.rowCount !== 1) {
      // Another replica has taken over and publishes the same events again under the same ids.
      this.#lease = undefined;
      return undefined;
    }
    this.published += settled.length;
    this.#lease = { fence: lease.fence, transaction_id: last.transaction_id, position: last.position };
    this.#leasedUntil = Date.now() + leaseSeconds * 1_000;
    return rows.length === batchSize || settled.length < rows.length ? 0 : undefined;
  }

  async #holdLease(): Promise<Lease | undefined> {
    // Half of the lease is left to publish in; the fence guards the rest.
    if (this.#lease && Date.now() < this.#leasedUntil - (leaseSeconds * 1_000) / 2) return this.#lease;
    const { rows } = await this.pool.query<Lease>(
      `UPDATE relay_cursor
       SET holder = $1, fence = fence + 1, leased_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
       WHERE name = 'relay' AND (holder = $1 OR leased_until < clock_timestamp())
       RETURNING fence, transaction_id::text, position`,
      [this.#holder],
    );
    const [lease] = rows;
    this.#lease = lease && (await this.#inThisStream(lease));
    this.#leasedUntil = Date.now() + leaseSeconds * 1_000;
    return this.#lease;
  }

  /** The cursor says how far a stream was filled; another in its place is filled from the first event on. */
  async #inThisStream(lease: Lease): Promise<Lease> {
    const { rows } = await this.pool.query<Lease>(
      `UPDATE relay_cursor
       SET target = $2,
           transaction_id = CASE WHEN coalesce(target, $2) = $2 THEN transaction_id ELSE '0' END,
           position = CASE WHEN coalesce(target, $2) = $2 THEN position ELSE 0 END
       WHERE name = 'relay' AND fence = $1
       RETURNING fence, transaction_id::text, position`,
      [lease.fence, await this.target()],
    );
    return rows[0] ?? lease;
  }
}
