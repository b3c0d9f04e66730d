import { type Claim, type Loaded, release } from '@eaf/event-store';
import { Database } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import { Hypervisors } from '../connections/hypervisors.js';
import { decideRun } from '../domain/decide-run.js';
import { leftNothing, type Run, type RunFact, type RunSpec } from '../domain/run-state.js';
import { HypervisorAway } from '../hypervisor/faults.js';
import type { ProvisioningTables } from '../tables.js';
import { pauseMs } from './facts-of-outcome.js';
import { outcomeOfFault } from './outcome-of-fault.js';
import { removeVm } from './remove-vm.js';
import { RunStorage } from './run-storage.js';
import { surroundingsOf } from './run-surroundings.js';
import { Runs } from './runs.js';
import type { StepOutcome } from './step-work.js';

/** How long a clone whose answer never came may still turn up. */
const unclearForMs = 10 * 60_000;

/** Takes a run back: removes what it has begun and proves that nothing is left. */
@Injectable()
export class TakeBack {
  constructor(
    private readonly database: Database<ProvisioningTables>,
    private readonly runs: Runs,
    private readonly storage: RunStorage,
    private readonly hypervisors: Hypervisors,
  ) {}

  async once(claim: Claim, before: Loaded<Run>, spec: RunSpec): Promise<void> {
    const outcome = before.state.cloneBegun ? await this.#remove(claim, before, spec) : 'gone';
    // What happened meanwhile decides what the outcome means.
    const loaded = await this.runs.load(claim.origin, claim.id);
    await this.storage.conclude(claim, loaded, (now) => factsOfRemoval(outcome, now));
  }

  /** The run has ended with nothing left. Looks once more, for a clone that came after all. */
  async sweep(claim: Claim, loaded: Loaded<Run>, spec: RunSpec): Promise<void> {
    if (leftNothing(loaded.state) && loaded.state.cloneBegun) {
      const outcome = await this.#remove(claim, loaded, spec);
      if (outcome !== 'gone') return this.#ringAgain(claim, new Date(loaded.now.getTime() + 60_000));
    }
    await this.#ringAgain(claim);
  }

  async #remove(claim: Claim, { state, now }: Loaded<Run>, spec: RunSpec): Promise<'gone' | StepOutcome> {
    const { template, cloneTask } = await surroundingsOf(this.database, claim.tenant, spec);
    try {
      const connected = await this.hypervisors.of(claim.tenant, spec.vcenterId);
      if (!connected) throw new Error(`vCenter ${spec.vcenterId} of run ${claim.id} is not known.`);
      const unclear = state.step === 'clone' && state.intended && cloneTask === null;
      const removed = await removeVm({
        hypervisor: connected.hypervisor,
        vmName: spec.vmName,
        vm: state.moref,
        owner: { marker: spec.requestId, instanceUuid: spec.instanceUuid },
        clone: {
          template: template.vcenterName,
          task: cloneTask,
          unclear: unclear && now.getTime() - (state.intendedAt ?? now).getTime() < unclearForMs,
        },
        stillOurs: () => this.storage.stillOurs(claim),
      });
      return removed === 'gone' ? 'gone' : { kind: 'going-on', againInMs: removed.againInMs };
    } catch (error) {
      const outcome = this.hypervisors.closing && error instanceof HypervisorAway ? undefined : outcomeOfFault(error);
      if (!outcome) throw error;
      return outcome;
    }
  }

  async #ringAgain(claim: Claim, again?: Date): Promise<void> {
    await this.runs.store.commit(claim.origin, [], { statements: [release(claim, again)] });
  }
}

function factsOfRemoval(outcome: 'gone' | StepOutcome, { state, now }: Loaded<Run>): { facts: RunFact[]; again: Date } {
  const after = (ms: number) => new Date(now.getTime() + ms);
  if (outcome === 'gone') return { facts: decideRun({ type: 'removed' }, state), again: now };
  switch (outcome.kind) {
    case 'resting':
      return {
        facts: decideRun({ type: 'rest', reason: outcome.reason, detail: outcome.detail }, state),
        again: after(outcome.againInMs),
      };
    case 'faulted':
    case 'impossible': {
      const until = after(pauseMs(state.removalTries + 1));
      return { facts: decideRun({ type: 'not-removed', detail: outcome.detail, until }, state), again: until };
    }
    case 'going-on':
      return { facts: [], again: after(outcome.againInMs) };
    default:
      return { facts: [], again: now };
  }
}
