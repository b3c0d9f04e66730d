import { isReachable } from '../../domain/reachable-address.js';
import { lookupMs, type StepOutcome, type StepWork } from '../step-work.js';
import { ourVm } from './finish-task.js';

const soonestMs = 250;
const latestMs = 2_000;

/** Ready is what the guest itself reports, not what was asked of it. */
export async function confirm(work: StepWork): Promise<StepOutcome> {
  const vm = await ourVm(work);
  if ('kind' in vm) return vm;
  const guest = await work.hypervisor.guestIdentity(vm.vm, lookupMs);
  // A guest may report its name with its domain.
  const hostName = guest.hostName?.split('.')[0]?.toLowerCase();
  const addresses = guest.ipAddresses.filter(isReachable);
  const addressKept = work.spec.address ? addresses.includes(work.spec.address) : addresses.length > 0;
  if (hostName === work.spec.vmName && addressKept) return { kind: 'confirmed', moref: vm.vm, hostName, addresses };
  const waitedMs = work.now.getTime() - work.intendedAt.getTime();
  if (waitedMs < work.confirmTimeoutMs) {
    return { kind: 'going-on', againInMs: Math.min(latestMs, Math.max(soonestMs, waitedMs / 4)) };
  }
  if (hostName === undefined) return { kind: 'not-confirmed', moref: vm.vm, reason: 'guest-silent' };
  return {
    kind: 'not-confirmed',
    moref: vm.vm,
    reason: hostName === work.spec.vmName ? 'address-differs' : 'host-name-differs',
  };
}
