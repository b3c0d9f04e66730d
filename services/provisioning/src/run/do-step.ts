import { type Claim, type Loaded, Timers } from '@eaf/event-store';
import { inSpan, SpanKind } from '@eaf/observability';
import { Database } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import { type Connected, Hypervisors } from '../connections/hypervisors.js';
import { Inventories } from '../connections/inventories.js';
import { decideRun } from '../domain/decide-run.js';
import { type Run, type RunSpec, shutOut } from '../domain/run-state.js';
import type { Hypervisor, VmComparison, VmSettings } from '../hypervisor/hypervisor.js';
import { nudge, timer } from '../own-timers.js';
import { Settings } from '../settings.js';
import type { ProvisioningTables } from '../tables.js';
import { CloneSlots } from './clone-slots.js';
import { factsOfOutcome } from './facts-of-outcome.js';
import { outcomeOfFault } from './outcome-of-fault.js';
import { RunStorage } from './run-storage.js';
import { type Surroundings, surroundingsOf } from './run-surroundings.js';
import { lookupMs, type StepOutcome, type StepWork } from './step-work.js';
import { steps } from './steps.js';
import { wantedSettings } from './wanted-settings.js';

/** Who gives a slot back lets the next of its own replica ask at once; this is for one that another replica gave back. */
const queued: StepOutcome = {
  kind: 'resting',
  reason: 'queue',
  detail: 'vCenter clones as many VMs as it may.',
  againInMs: 1_000,
};

/** From a worker's taking up a run to its leaving it. */
interface Turn {
  readonly claim: Claim;
  readonly spec: RunSpec;
  readonly surroundings: Surroundings;
  readonly settings: VmSettings;
  readonly clock: () => Date;
  connected?: Connected;
  compared?: VmComparison;
}

/** Steps of one run, one after the other while nothing is in the way: intent stored, vCenter looked at and acted on, outcome stored. */
@Injectable()
export class DoStep {
  constructor(
    private readonly database: Database<ProvisioningTables>,
    private readonly storage: RunStorage,
    private readonly hypervisors: Hypervisors,
    private readonly inventories: Inventories,
    private readonly slots: CloneSlots,
    private readonly settings: Settings,
    private readonly timers: Timers,
  ) {}

  async goOn(claim: Claim, before: Loaded<Run>, spec: RunSpec): Promise<void> {
    const surroundings = await surroundingsOf(this.database, claim.tenant, spec);
    const settings = wantedSettings(spec, surroundings);
    const turn: Turn = { claim, spec, surroundings, settings, clock: clockFrom(before.now) };
    let run = await this.#traced(turn, before);
    while (run) run = await this.#traced(turn, run, 'kept');
  }

  #traced(turn: Turn, before: Loaded<Run>, kept?: 'kept'): Promise<Loaded<Run> | undefined> {
    const about = { name: `run ${before.state.step}`, kind: SpanKind.INTERNAL };
    return inSpan(about, () => this.#once(turn, before, kept));
  }

  /** @returns the run when it can go on at once */
  async #once(turn: Turn, before: Loaded<Run>, kept?: 'kept'): Promise<Loaded<Run> | undefined> {
    const { claim, clock } = turn;
    const { outcome, intended } = await this.#outcome(turn, before, kept);
    const about = { step: before.state.step, loginText: turn.surroundings.template.loginText };
    const goOn = outcome.kind === 'done' && !this.hypervisors.closing;
    const next = await this.storage.conclude(claim, { ...intended, now: clock() }, ({ state, now }) => ({
      ...factsOfOutcome(outcome, state, { ...about, now }),
      goOn,
    }));
    if (outcome.kind === 'going-on' && outcome.orWhen) void this.#ringWhen(claim, outcome.orWhen);
    return next && { ...next, now: clock() };
  }

  /** The run's own ring is set already, so nothing is lost with this one. */
  async #ringWhen(claim: Claim, happens: () => Promise<unknown>): Promise<void> {
    try {
      await happens();
      await this.database.flush(claim.tenant, [nudge(timer.run, claim.id)]);
      this.timers.wake();
    } catch {
      // vCenter is away, or the service stops.
    }
  }

  async #outcome(
    turn: Turn,
    before: Loaded<Run>,
    kept: 'kept' | undefined,
  ): Promise<{ outcome: StepOutcome; intended: Loaded<Run> }> {
    const { claim, spec } = turn;
    let intended = before;
    try {
      const connected = turn.connected ?? (await this.hypervisors.of(claim.tenant, spec.vcenterId));
      if (!connected) throw new Error(`vCenter ${spec.vcenterId} of run ${claim.id} is not known.`);
      turn.connected = connected;
      // It goes on only when vCenter really answers; until then nothing is told.
      const away = shutOut.includes(before.state.waiting?.reason ?? '')
        ? await unanswered(connected.hypervisor, spec.vmName)
        : undefined;
      if (away && !this.hypervisors.closing) return { outcome: away, intended };
      if (before.state.step === 'clone' && !(await this.#slot(claim.tenant, spec, connected)))
        return { outcome: queued, intended };
      const go = decideRun({ type: 'go-on' }, this.#unlessUnclear(before.state));
      // The intent came with the outcome of the step before, when the claim was kept.
      if (go.length > 0 || !kept) intended = await this.storage.intend(claim, before, go);
      const { step } = intended.state;
      return { outcome: await steps[step](this.#work(turn, before, intended, connected)), intended };
    } catch (error) {
      const outcome = this.hypervisors.closing ? undefined : outcomeOfFault(error);
      if (!outcome) throw error;
      return { outcome, intended };
    }
  }

  /** While it is unclear whose VM stands under the name, looking again is no going on. */
  #unlessUnclear(run: Run): Run {
    return run.waiting?.reason === 'name-unclear' ? { ...run, waiting: undefined } : run;
  }

  async #slot(tenant: string, spec: RunSpec, { vcenter, hypervisor }: Connected): Promise<boolean> {
    const instance = vcenter.instance_uuid ?? (await hypervisor.about(lookupMs)).instanceUuid;
    return this.slots.takeSoon(instance, tenant, spec.requestId, vcenter.max_clones);
  }

  #work(turn: Turn, before: Loaded<Run>, { state, now }: Loaded<Run>, connected: Connected): StepWork {
    const { claim, spec, surroundings, settings } = turn;
    const { hypervisor } = connected;
    const owner = { marker: spec.requestId, instanceUuid: spec.instanceUuid };
    const { waiting } = before.state;
    return {
      ...surroundings,
      spec,
      hypervisor,
      owner,
      settings,
      compared: async (vm) => {
        const before = turn.compared;
        if (before?.vm === vm) return { compared: before, now: false };
        turn.compared = await hypervisor.compare(vm, owner, settings, lookupMs);
        return { compared: turn.compared, now: true };
      },
      vm: state.moref,
      now,
      intendedAt: state.intendedAt ?? now,
      unclearSince: waiting?.reason === 'name-unclear' ? waiting.since : undefined,
      confirmTimeoutMs: this.settings.confirmTimeoutMs,
      noteCloneTask: (task) => this.storage.noteCloneTask(claim, spec.requestId, task),
      inventory: () => this.inventories.fresh(claim.tenant, connected),
    };
  }
}

/** @returns why vCenter does not let us in; undefined when it answers, be it with a fault of this one call */
async function unanswered(hypervisor: Hypervisor, vmName: string): Promise<StepOutcome | undefined> {
  try {
    await hypervisor.findByName(vmName, lookupMs);
    return undefined;
  } catch (error) {
    const outcome = outcomeOfFault(error);
    if (!outcome) throw error;
    return outcome.kind === 'resting' ? outcome : undefined;
  }
}

/** The database's clock, carried on by one that never jumps: an outcome comes long after its run was loaded. */
function clockFrom(now: Date): () => Date {
  const began = performance.now();
  return () => new Date(now.getTime() + performance.now() - began);
}
