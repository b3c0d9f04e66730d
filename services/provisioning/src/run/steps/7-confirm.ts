import { isReachable } from '../../domain/reachable-address.js';
import { HypervisorAway } from '../../hypervisor/faults.js';
import type { GuestIdentity, VmRef } from '../../hypervisor/hypervisor.js';
import { lookupMs, type StepOutcome, type StepWork } from '../step-work.js';
import { onVm } from './finish-task.js';

/** A quick guest is waited for in one go; for a slow one no worker is held. */
const brieflyMs = 1_000;
/** The guest's report rings at once; so often it is looked at without one. */
const latestMs = 10_000;

/** Ready is what the guest itself reports, not what was asked of it. */
export function confirm(work: StepWork): Promise<StepOutcome> {
  return onVm(work, (vm) => judge(work, vm));
}

async function judge(work: StepWork, vm: VmRef): Promise<StepOutcome> {
  const { spec, hypervisor, owner } = work;
  const asPromised = (guest: GuestIdentity) => {
    const { hostName, addresses } = reported(guest);
    return hostName === spec.vmName && (spec.address ? addresses.includes(spec.address) : addresses.length > 0);
  };
  const report = (ms: number) => hypervisor.guestReport(vm, asPromised, ms);
  await report(brieflyMs).catch((error: unknown) => {
    if (!(error instanceof HypervisorAway)) throw error;
  });
  const guest = await hypervisor.guestIdentity(vm, owner, lookupMs);
  const { hostName, addresses } = reported(guest);
  if (hostName !== undefined && asPromised(guest)) return { kind: 'confirmed', moref: vm, hostName, addresses };
  const leftMs = work.confirmTimeoutMs - (work.now.getTime() - work.intendedAt.getTime());
  if (leftMs > 0) {
    const againInMs = Math.min(latestMs, leftMs);
    return { kind: 'going-on', againInMs, orWhen: () => report(againInMs) };
  }
  if (hostName === undefined) return { kind: 'not-confirmed', moref: vm, reason: 'guest-silent' };
  const reason = hostName === spec.vmName ? 'address-differs' : 'host-name-differs';
  return { kind: 'not-confirmed', moref: vm, reason };
}

/** A guest may report its name with its domain, and addresses that serve nobody. */
function reported({ hostName, ipAddresses }: GuestIdentity): { hostName: string | undefined; addresses: string[] } {
  return { hostName: hostName?.split('.')[0]?.toLowerCase(), addresses: ipAddresses.filter(isReachable) };
}
