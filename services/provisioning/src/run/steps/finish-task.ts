import { NotFoundInVCenter } from '../../hypervisor/faults.js';
import type { TaskRef, VmComparison, VmRef, VmSettings } from '../../hypervisor/hypervisor.js';
import { lookupMs, type StepOutcome, type StepWork, waitMs } from '../step-work.js';
import { waitBriefly } from '../wait-briefly.js';

/**
 * Does something with the run's VM, which the hypervisor proves to be ours before it changes it. A VM that was
 * registered anew has another reference; then it is looked up by its name.
 */
export async function onVm(work: StepWork, act: (vm: VmRef) => Promise<StepOutcome>): Promise<StepOutcome> {
  const { spec, hypervisor, vm } = work;
  try {
    if (vm) return await act(vm);
  } catch (error) {
    if (!(error instanceof NotFoundInVCenter && error.kind === 'vm')) throw error;
  }
  const found = await hypervisor.findByName(spec.vmName, lookupMs);
  if (found) return act(found.vm);
  return { kind: 'impossible', reason: 'vm-vanished', detail: `The VM ${spec.vmName} is no longer in the folder.` };
}

/** Starts a task on the run's VM and waits for its end. `start` gives no task when there is nothing to do. */
export function finish(work: StepWork, start: (vm: VmRef) => Promise<TaskRef | undefined>): Promise<StepOutcome> {
  return onVm(work, async (vm) => {
    const task = await start(vm);
    const waited = task && (await waitBriefly(work.hypervisor, task, work.spec.vmName, waitMs));
    // Doing the step again is harmless; while the task runs vCenter says TaskInProgress.
    return waited && !waited.ended ? { kind: 'going-on', againInMs: 1_000 } : { kind: 'done', moref: vm };
  });
}

/** Gives the run's VM a setting, unless it has it: a clone comes with most of them. */
export function settle(
  work: StepWork,
  setting: keyof VmSettings,
  change: (vm: VmRef | VmComparison) => Promise<TaskRef | undefined>,
): Promise<StepOutcome> {
  return finish(work, async (vm) => {
    const { compared, now } = await work.compared(vm);
    if (!compared.unlike.has(setting)) return undefined;
    return change(now ? compared : vm);
  });
}
