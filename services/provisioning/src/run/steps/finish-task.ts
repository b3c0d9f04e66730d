import type { TaskRef, VmFacts } from '../../hypervisor/hypervisor.js';
import { lookupMs, type StepOutcome, type StepWork, waitMs } from '../step-work.js';
import { waitBriefly } from '../wait-briefly.js';

/** The run's VM, looked up before each change; an outcome when it is not there or not ours. */
export async function ourVm({ spec, hypervisor, owner }: StepWork): Promise<VmFacts | StepOutcome> {
  const vm = await hypervisor.findByName(spec.vmName, lookupMs);
  if (!vm)
    return { kind: 'impossible', reason: 'vm-vanished', detail: `The VM ${spec.vmName} is no longer in the folder.` };
  if (vm.marker !== owner.marker || vm.instanceUuid !== owner.instanceUuid) {
    return {
      kind: 'impossible',
      reason: 'not-our-vm',
      detail: `The VM ${spec.vmName} carries the marker ${vm.marker ?? 'none'}, not ${owner.marker}.`,
    };
  }
  return vm;
}

/** Looks the VM up, starts a task on it and waits for its end. `start` gives no task when there is nothing to do. */
export async function finish(
  work: StepWork,
  start: (vm: VmFacts) => Promise<TaskRef | undefined>,
): Promise<StepOutcome> {
  const vm = await ourVm(work);
  if ('kind' in vm) return vm;
  const task = await start(vm);
  if (task) {
    const waited = await waitBriefly(work.hypervisor, task, work.spec.vmName, waitMs);
    // Doing the step again is harmless; while the task runs vCenter says TaskInProgress.
    if (!waited.ended) return { kind: 'going-on', againInMs: 1_000 };
  }
  return { kind: 'done', moref: vm.vm };
}
