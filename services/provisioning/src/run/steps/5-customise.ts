import { HypervisorFault } from '../../hypervisor/faults.js';
import { actMs, type StepOutcome, type StepWork } from '../step-work.js';
import { settle } from './finish-task.js';

/** Host name, address, key and login text, to be taken over by the guest when it starts. */
export async function customise(work: StepWork): Promise<StepOutcome> {
  const { hypervisor, owner, settings } = work;
  try {
    return await settle(work, 'customisation', (vm) => hypervisor.customise(vm, owner, settings.customisation, actMs));
  } catch (error) {
    // An earlier customisation waits for its power on: that one counts. The call says so, or its task.
    if (!(error instanceof HypervisorFault && error.faultName === 'CustomizationPending')) throw error;
    return { kind: 'done', moref: work.vm };
  }
}
