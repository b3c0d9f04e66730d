import { actMs, type StepOutcome, type StepWork } from '../step-work.js';
import { settle } from './finish-task.js';

/** The first network card into the network that was asked for. */
export function network(work: StepWork): Promise<StepOutcome> {
  return settle(work, 'network', (vm) => work.hypervisor.attachNetwork(vm, work.owner, work.settings.network, actMs));
}
