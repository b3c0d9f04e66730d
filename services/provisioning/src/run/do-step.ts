import type { Claim, Loaded } from '@eaf/event-store';
import { Database } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import { type Connected, Hypervisors } from '../connections/hypervisors.js';
import { Inventories } from '../connections/inventories.js';
import { decideRun } from '../domain/decide-run.js';
import type { Run, RunSpec } from '../domain/run-state.js';
import type { Hypervisor } from '../hypervisor/hypervisor.js';
import { ownOrigin } from '../own-timers.js';
import { Settings } from '../settings.js';
import type { ProvisioningTables } from '../tables.js';
import { CloneSlots } from './clone-slots.js';
import { factsOfOutcome } from './facts-of-outcome.js';
import { outcomeOfFault } from './outcome-of-fault.js';
import { RunStorage } from './run-storage.js';
import { type Surroundings, surroundingsOf } from './run-surroundings.js';
import { Runs } from './runs.js';
import { lookupMs, type StepOutcome, type StepWork } from './step-work.js';
import { steps } from './steps.js';

const queuePauseMs = 1_000;

/** One step of one run: intent stored, vCenter looked at and acted on, outcome stored. */
@Injectable()
export class DoStep {
  constructor(
    private readonly database: Database<ProvisioningTables>,
    private readonly runs: Runs,
    private readonly storage: RunStorage,
    private readonly hypervisors: Hypervisors,
    private readonly inventories: Inventories,
    private readonly slots: CloneSlots,
    private readonly settings: Settings,
  ) {}

  async once(claim: Claim, before: Loaded<Run>, spec: RunSpec): Promise<void> {
    const surroundings = await surroundingsOf(this.database, claim.tenant, spec);
    const outcome = await this.#outcome(claim, before, spec, surroundings);
    // What happened meanwhile, such as a cancel, decides what the outcome means.
    const now = await this.runs.load(ownOrigin(claim.tenant), claim.id);
    const about = { step: before.state.step, loginText: surroundings.template.loginText, now: now.now };
    const { facts, again } = factsOfOutcome(outcome, now.state, about);
    await this.storage.conclude(claim, now, facts, again);
  }

  async #outcome(claim: Claim, before: Loaded<Run>, spec: RunSpec, surroundings: Surroundings): Promise<StepOutcome> {
    try {
      const connected = await this.hypervisors.of(claim.tenant, spec.vcenterId);
      if (!connected) throw new Error(`vCenter ${spec.vcenterId} of run ${claim.id} is not known.`);
      // It goes on only when vCenter really answers; until then nothing is told.
      const away =
        before.state.waiting?.until === null ? await unanswered(connected.hypervisor, spec.vmName) : undefined;
      if (away && !this.hypervisors.closing) return away;
      if (before.state.step === 'clone' && !(await this.#slot(claim.tenant, spec, connected))) {
        return {
          kind: 'resting',
          reason: 'queue',
          detail: 'vCenter clones as many VMs as it may.',
          againInMs: queuePauseMs,
        };
      }
      const intended = await this.storage.intend(
        claim,
        before,
        decideRun({ type: 'go-on' }, this.#unlessUnclear(before.state)),
      );
      return await steps[intended.state.step](this.#work(claim, before, intended, spec, connected, surroundings));
    } catch (error) {
      const outcome = this.hypervisors.closing ? undefined : outcomeOfFault(error);
      if (!outcome) throw error;
      return outcome;
    }
  }

  /** While it is unclear whose VM stands under the name, looking again is no going on. */
  #unlessUnclear(run: Run): Run {
    return run.waiting?.reason === 'name-unclear' ? { ...run, waiting: undefined } : run;
  }

  async #slot(tenant: string, spec: RunSpec, { vcenter, hypervisor }: Connected): Promise<boolean> {
    const instance = vcenter.instance_uuid ?? (await hypervisor.about(lookupMs)).instanceUuid;
    return this.slots.take(instance, tenant, spec.requestId, vcenter.max_clones);
  }

  #work(
    claim: Claim,
    before: Loaded<Run>,
    { state, now }: Loaded<Run>,
    spec: RunSpec,
    connected: Connected,
    surroundings: Surroundings,
  ): StepWork {
    const { waiting } = before.state;
    return {
      ...surroundings,
      spec,
      hypervisor: connected.hypervisor,
      owner: { marker: spec.requestId, instanceUuid: spec.instanceUuid },
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
