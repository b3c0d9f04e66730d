import { HypervisorFault } from '../../hypervisor/faults.js';
import { actMs, lookupMs, type StepOutcome, type StepWork } from '../step-work.js';
import { finish } from './finish-task.js';

export async function powerOn(work: StepWork): Promise<StepOutcome> {
  try {
    return await finish(work, (vm) => work.hypervisor.powerOn(vm, work.owner, actMs));
  } catch (error) {
    // An earlier try, whose outcome was lost, may have powered it on.
    if (!(error instanceof HypervisorFault && error.faultName === 'InvalidPowerState')) throw error;
    const vm = await work.hypervisor.findByName(work.spec.vmName, lookupMs);
    if (vm?.powerState !== 'poweredOn') throw error;
    return { kind: 'done', moref: vm.vm };
  }
}
