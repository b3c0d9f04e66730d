import { actMs, type StepOutcome, type StepWork } from '../step-work.js';
import { finish } from './finish-task.js';

/** CPUs, memory and disk. The same size again changes nothing. */
export async function size(work: StepWork): Promise<StepOutcome> {
  return finish(work, async (vm) => {
    const { vcpus, memoryMiB, diskGiB } = work.spec.size;
    return work.hypervisor.reconfigure(vm.vm, work.owner, { cpus: vcpus, memoryMiB, diskGiB }, actMs);
  });
}
