import { type Claim, keep, type Loaded, release, setTimer, VersionConflict } from '@eaf/event-store';
import { Live } from '@eaf/messaging';
import { Database, type SqlStatement } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import { decideRun } from '../domain/decide-run.js';
import { hasEnded, leftNothing, type Run, type RunFact, shutOut } from '../domain/run-state.js';
import { vmIdOf } from '../domain/vm-id.js';
import { Holds } from '../holds/holds.js';
import { tellOfRun, tellOfVm } from '../live-hints.js';
import { nudge, timer } from '../own-timers.js';
import type { ProvisioningTables } from '../tables.js';
import { CloneSlots } from './clone-slots.js';
import { Runs } from './runs.js';

/** A clone whose worker slept through its claim may turn up after everything was proven gone; it is looked for once more. */
const sweepAfterMs = 5 * 60_000;

/** How a worker stores what it did. Every write checks that the worker still holds the run. */
@Injectable()
export class RunStorage {
  constructor(
    private readonly runs: Runs,
    private readonly holds: Holds,
    private readonly slots: CloneSlots,
    private readonly database: Database<ProvisioningTables>,
    private readonly live: Live,
  ) {}

  /** Before acting: the worker keeps the run. @throws VersionConflict | ClaimLost */
  async intend(claim: Claim, loaded: Loaded<Run>, facts: readonly RunFact[]): Promise<Loaded<Run>> {
    return this.#store(claim, loaded, facts, [keep(claim)]);
  }

  /**
   * After acting: stores what it means, and the next step's intent with it where the worker goes on at once. Otherwise
   * the timer rings again then, or the run has ended and what it held is free.
   * @param decide asked again with the run as it is now, when a person cancelled, retried or adopted meanwhile
   * @returns the run when the worker goes on with it
   * @throws VersionConflict | ClaimLost
   */
  async conclude(
    claim: Claim,
    loaded: Loaded<Run>,
    decide: (loaded: Loaded<Run>) => { facts: readonly RunFact[]; again: Date; goOn?: boolean },
  ): Promise<Loaded<Run> | undefined> {
    try {
      return await this.#conclude(claim, loaded, decide(loaded));
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      const now = await this.runs.load(claim.origin, claim.id);
      return this.#conclude(claim, now, decide(now));
    }
  }

  /** Re-checks the claim before a change at vCenter, and prolongs it. @throws ClaimLost */
  async stillOurs(claim: Claim): Promise<void> {
    await this.runs.store.commit(claim.origin, [], { statements: [keep(claim)] });
  }

  /** @throws ClaimLost */
  async noteCloneTask(claim: Claim, requestId: string, task: string | null): Promise<void> {
    const { sql } = this.database;
    const row = sql
      .updateTable('run')
      .set({ clone_task: task })
      .where('tenant_id', '=', claim.tenant)
      .where('id', '=', requestId);
    await this.runs.store.commit(claim.origin, [], { statements: [keep(claim), row] });
  }

  async #conclude(
    claim: Claim,
    loaded: Loaded<Run>,
    { facts, again, goOn }: { facts: readonly RunFact[]; again: Date; goOn?: boolean },
  ): Promise<Loaded<Run> | undefined> {
    const { spec } = loaded.state;
    const after = this.runs.after(loaded, facts);
    const goesOn = goOn === true && after.phase === 'working';
    // A clone waits for its slot before it is intended.
    const intent = goesOn && after.step !== 'clone' ? decideRun({ type: 'go-on' }, after) : [];
    const rests = facts.some((fact) => fact.type === 'provisioning.run-waiting' && shutOut.includes(fact.data.reason));
    // The inventory's timer is who says to everybody that a vCenter is away.
    const look = rests && spec ? [nudge(timer.inventory, spec.vcenterId)] : [];
    const ring = goesOn ? [keep(claim)] : timerAfter(claim, after, loaded.now, again);
    const leavesClone = after.step === 'clone' ? hasEnded(after) : loaded.state.step === 'clone';
    const [stored] = await Promise.all([
      this.#store(claim, loaded, [...facts, ...intent], [...look, ...ring]),
      // Whatever the store says: the clone is over at vCenter.
      spec && leavesClone ? this.slots.giveBack(spec.requestId) : undefined,
    ]);
    return goesOn ? stored : undefined;
  }

  async #store(
    claim: Claim,
    loaded: Loaded<Run>,
    facts: readonly RunFact[],
    statements: readonly SqlStatement[],
  ): Promise<Loaded<Run>> {
    const { correlationId = claim.origin.correlationId, traceparent } = loaded.state;
    const origin = { ...claim.origin, correlationId, traceparent: traceparent ?? undefined };
    const ending = this.runs.after(loaded, facts);
    const freed = leftNothing(ending) ? await this.holds.releasing(origin, loaded.id, ending.phase) : undefined;
    const stored = await this.runs.storeWith(origin, loaded, facts, {
      appends: freed?.appends ?? [],
      statements: [...(freed?.statements ?? []), ...statements],
    });
    if (facts.length > 0) this.#tell(claim.tenant, stored);
    return stored;
  }

  #tell(tenant: string, { id, state }: Loaded<Run>): void {
    tellOfRun(this.live, tenant, id);
    if (!state.spec || (state.phase !== 'done' && state.phase !== 'not-customised')) return;
    tellOfVm(this.live, tenant, { id: vmIdOf(id), ownerId: state.spec.requesterId, projectId: state.spec.project.id });
  }
}

function timerAfter(claim: Claim, run: Run, now: Date, again: Date): SqlStatement[] {
  if (!hasEnded(run)) return [release(claim, again)];
  if (!leftNothing(run) || !run.cloneBegun) return [release(claim)];
  return [keep(claim), setTimer(timer.run, claim.id, new Date(now.getTime() + sweepAfterMs), claim.origin)];
}
