import { actMs, type StepOutcome, type StepWork } from '../step-work.js';
import { settle } from './finish-task.js';

/** CPUs, memory and disk. */
export function size(work: StepWork): Promise<StepOutcome> {
  return settle(work, 'size', (vm) => work.hypervisor.reconfigure(vm, work.owner, work.settings.size, actMs));
}
