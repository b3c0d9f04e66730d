import { actMs, type StepOutcome, type StepWork } from '../step-work.js';
import { finish } from './finish-task.js';

/** The first network card into the network that was asked for. The same network again changes nothing. */
export async function network(work: StepWork): Promise<StepOutcome> {
  return finish(work, (vm) => work.hypervisor.attachNetwork(vm.vm, work.owner, work.network.vcenterName, actMs));
}
