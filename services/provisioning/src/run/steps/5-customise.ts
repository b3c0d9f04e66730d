import { HypervisorFault } from '../../hypervisor/faults.js';
import type { GuestAddress } from '../../hypervisor/hypervisor.js';
import { actMs, type StepOutcome, type StepWork } from '../step-work.js';
import { finish, ourVm } from './finish-task.js';

/** Host name, address, key and login text, to be taken over by the guest when it starts. */
export async function customise(work: StepWork): Promise<StepOutcome> {
  const { spec, hypervisor, owner, template } = work;
  const loginText = [template.loginText.en, template.loginText.de].filter(Boolean).join('\n\n');
  const customisation = {
    hostName: spec.vmName,
    address: addressOf(work),
    ...(spec.sshPublicKey ? { sshPublicKey: spec.sshPublicKey } : {}),
    ...(loginText ? { loginText } : {}),
  };
  try {
    return await finish(work, (vm) => hypervisor.customise(vm.vm, owner, customisation, actMs));
  } catch (error) {
    // An earlier try of this step, whose outcome was lost, waits for its power on: that one counts. The call says so, or its task.
    if (!(error instanceof HypervisorFault && error.faultName === 'CustomizationPending')) throw error;
    const vm = await ourVm(work);
    return 'kind' in vm ? vm : { kind: 'done', moref: vm.vm };
  }
}

function addressOf({ spec, network: { addressing } }: StepWork): GuestAddress {
  if (addressing.mode === 'dhcp' || !spec.address) return { kind: 'dhcp' };
  const { prefixLength, gateway, dnsServers } = addressing;
  return { kind: 'static', ip: spec.address, prefixLength, gateway, dns: dnsServers };
}
