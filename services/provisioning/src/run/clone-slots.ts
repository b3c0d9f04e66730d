import { platformTenant } from '@dvmm/contracts';
import { Timers } from '@eaf/event-store';
import { Database } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import { sql as raw } from 'kysely';
import { nudge } from '../own-timers.js';
import type { ProvisioningTables } from '../tables.js';

/** Longer than a tick of a run and its timer's claim: a replica that takes a run over finds its slot still held. */
const leaseSeconds = 180;

/**
 * How many clones a vCenter does at once, over all tenants and replicas that share it. Rows stand under the platform's
 * tenant; they name a request by its random id and nothing else.
 */
@Injectable()
export class CloneSlots {
  /** Runs of this replica that found no slot, by request; in the order they asked. */
  readonly #waiting = new Map<string, string>();

  constructor(
    private readonly database: Database<ProvisioningTables>,
    private readonly timers: Timers,
  ) {}

  /**
   * Asks for a slot, or prolongs the one held. Who asked first gets the next one; who stops asking loses the place.
   * @param limit clones at once that this tenant's connection allows
   */
  async take(vcenterInstance: string, tenant: string, requestId: string, limit: number): Promise<boolean> {
    const granted = await this.#ask(vcenterInstance, requestId, limit);
    if (granted) this.#waiting.delete(requestId);
    else this.#waiting.set(requestId, tenant);
    return granted;
  }

  /** Gives the slot back, and lets the next one in line ask at once. Lost with a process, a slot lapses by itself. */
  async giveBack(requestId: string): Promise<void> {
    this.#waiting.delete(requestId);
    const { sql } = this.database;
    const [freed] = await this.database.flush(platformTenant, [
      sql.deleteFrom('clone_slot').where('tenant_id', '=', platformTenant).where('request_id', '=', requestId),
    ]);
    const [next] = this.#waiting;
    if (!next || freed?.rowCount === 0) return;
    this.#waiting.delete(next[0]);
    await this.database.flush(next[1], [nudge('run', next[0])]);
    this.timers.wake();
  }

  async #ask(vcenterInstance: string, requestId: string, limit: number): Promise<boolean> {
    return this.database.inTenant(platformTenant, async (transaction) => {
      // One at a time per vCenter, so that two do not count the same free slot.
      await raw`SELECT pg_advisory_xact_lock(hashtextextended(${vcenterInstance}, 0))`.execute(transaction);
      const slots = () =>
        transaction
          .selectFrom('clone_slot')
          .where('tenant_id', '=', platformTenant)
          .where('vcenter_instance', '=', vcenterInstance);
      await transaction
        .deleteFrom('clone_slot')
        .where('tenant_id', '=', platformTenant)
        .where('vcenter_instance', '=', vcenterInstance)
        .where('leased_until', '<', raw<Date>`clock_timestamp()`)
        .execute();
      const until = raw<Date>`clock_timestamp() + make_interval(secs => ${leaseSeconds})`;
      const mine = await transaction
        .insertInto('clone_slot')
        .values({
          tenant_id: platformTenant,
          vcenter_instance: vcenterInstance,
          request_id: requestId,
          leased_until: until,
        })
        .onConflict((conflict) =>
          conflict.columns(['tenant_id', 'vcenter_instance', 'request_id']).doUpdateSet({ leased_until: until }),
        )
        .returning(['granted', 'asked_at'])
        .executeTakeFirstOrThrow();
      if (mine.granted) return true;
      const ahead = await slots()
        .select((eb) => eb.fn.countAll<string>().as('count'))
        .where((eb) => eb.or([eb('granted', '=', true), eb('asked_at', '<', mine.asked_at)]))
        .where('request_id', '<>', requestId)
        .executeTakeFirstOrThrow();
      if (Number(ahead.count) >= limit) return false;
      await transaction
        .updateTable('clone_slot')
        .set({ granted: true, fence: raw<string>`fence + 1` })
        .where('tenant_id', '=', platformTenant)
        .where('vcenter_instance', '=', vcenterInstance)
        .where('request_id', '=', requestId)
        .execute();
      return true;
    });
  }
}
