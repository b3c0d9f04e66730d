import { platformTenant } from '@dvmm/contracts';
import { Timers } from '@eaf/event-store';
import { Database } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import { sql as raw } from 'kysely';
import { nudge, timer } from '../own-timers.js';
import type { ProvisioningTables } from '../tables.js';

/** Longer than a tick of a run and its timer's claim: a replica that takes a run over finds its slot still held. */
const leaseSeconds = 180;

interface Waiting {
  readonly tenant: string;
  readonly vcenterInstance: string;
  woken: boolean;
  /** Rings a worker that waits with the run in its hands. */
  ring?: (() => void) | undefined;
}

/** So long a worker waits with a run in its hands, ready to go on. */
const patienceMs = 1_000;

/**
 * How many clones a vCenter does at once, over all tenants and replicas that share it. Rows stand under the platform's
 * tenant; they name a request by its random id and nothing else.
 */
@Injectable()
export class CloneSlots {
  /** Runs of this replica that found no slot, by request; `woken` until they ask again. */
  readonly #waiting = new Map<string, Waiting>();

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
    else this.#waiting.set(requestId, { ...this.#waiting.get(requestId), tenant, vcenterInstance, woken: false });
    return granted;
  }

  /**
   * The same, waiting a little for one that comes free. Only as many wait for a vCenter as it clones at once: the others
   * of the line leave their workers to other vCenters' runs.
   */
  async takeSoon(vcenterInstance: string, tenant: string, requestId: string, limit: number): Promise<boolean> {
    const ready = [...this.#waiting.values()].filter((one) => one.ring && one.vcenterInstance === vcenterInstance);
    if (ready.length >= limit) return this.take(vcenterInstance, tenant, requestId, limit);
    // Before asking, so that no wake between the answer and the waiting is lost.
    const rung = Promise.withResolvers<boolean>();
    const ring = () => rung.resolve(true);
    this.#waiting.set(requestId, { tenant, vcenterInstance, woken: false, ring });
    const timer = setTimeout(() => rung.resolve(false), patienceMs);
    try {
      if (await this.take(vcenterInstance, tenant, requestId, limit)) return true;
      return (await rung.promise) && (await this.take(vcenterInstance, tenant, requestId, limit));
    } finally {
      clearTimeout(timer);
      const waiting = this.#waiting.get(requestId);
      if (waiting) waiting.ring = undefined;
    }
  }

  /** Gives the slot back, and lets the next in line at that vCenter ask at once. Lost with a process, a slot lapses by itself. */
  async giveBack(requestId: string): Promise<void> {
    this.#waiting.delete(requestId);
    const { sql } = this.database;
    const [line] = await this.database.flush(platformTenant, [
      sql
        .selectFrom('clone_slot as mine')
        .innerJoin('clone_slot as waiting', 'waiting.vcenter_instance', 'mine.vcenter_instance')
        .select('waiting.request_id')
        .where('mine.request_id', '=', requestId)
        .where('mine.granted', '=', true)
        .where('waiting.granted', '=', false)
        .orderBy('waiting.asked_at'),
      sql.deleteFrom('clone_slot').where('tenant_id', '=', platformTenant).where('request_id', '=', requestId),
    ]);
    // The one who asked first gets it, so waking another were no use; and of two slots that come free together each
    // wakes its own.
    for (const { request_id: id } of (line?.rows ?? []) as { request_id: string }[]) {
      const next = this.#waiting.get(id);
      if (!next || next.woken) continue;
      next.woken = true;
      if (next.ring) return next.ring();
      await this.database.flush(next.tenant, [nudge(timer.run, id)]);
      this.timers.wake();
      return;
    }
  }

  async #ask(vcenterInstance: string, requestId: string, limit: number): Promise<boolean> {
    const { sql } = this.database;
    const slots = { tenant_id: platformTenant, vcenter_instance: vcenterInstance };
    const until = raw<Date>`clock_timestamp() + make_interval(secs => ${leaseSeconds})`;
    const results = await this.database.flush(platformTenant, [
      // One at a time per vCenter, so that two do not count the same free slot.
      { sql: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', parameters: [vcenterInstance] },
      sql
        .deleteFrom('clone_slot')
        .where((eb) => eb.and(slots))
        .where('leased_until', '<', raw<Date>`clock_timestamp()`),
      sql
        .insertInto('clone_slot')
        .values({ ...slots, request_id: requestId, leased_until: until })
        .onConflict((conflict) =>
          conflict.columns(['tenant_id', 'vcenter_instance', 'request_id']).doUpdateSet({ leased_until: until }),
        ),
      sql
        .updateTable('clone_slot as mine')
        .set({ granted: true })
        .where((eb) => eb.and({ ...slots, request_id: requestId, granted: false }))
        .where(({ eb, selectFrom }) => {
          const ahead = selectFrom('clone_slot as other')
            .select((of) => of.fn.countAll<number>().as('count'))
            .where((of) => of.and(slots))
            .whereRef('other.request_id', '<>', 'mine.request_id')
            .where((of) => of.or([of('other.granted', '=', true), of('other.asked_at', '<', of.ref('mine.asked_at'))]));
          return eb(ahead, '<', limit);
        }),
      sql
        .selectFrom('clone_slot')
        .select('granted')
        .where((eb) => eb.and({ ...slots, request_id: requestId })),
    ]);
    return (results.at(-1)?.rows as { granted: boolean }[])[0]?.granted ?? false;
  }
}
