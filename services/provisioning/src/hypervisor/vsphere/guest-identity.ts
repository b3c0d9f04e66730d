import type { GuestIdentity, VmOwner, VmRef } from '../hypervisor.js';
import { guestAddresses } from './find-vm.js';
import { ownVm, vmObject } from './own-vm.js';
import type { VSphereSession } from './session.js';
import type { ObjectWatch } from './watch-objects.js';
import { text, type Xml } from './xml-values.js';

export async function guestIdentity(
  session: VSphereSession,
  vm: VmRef,
  owner: VmOwner,
  signal: AbortSignal,
): Promise<GuestIdentity> {
  return identityOf(await ownVm(session, vm, owner, signal));
}

export async function guestReport(
  watch: ObjectWatch,
  vm: VmRef,
  isAwaited: (guest: GuestIdentity) => boolean,
  signal: AbortSignal,
): Promise<void> {
  await watch.until(vmObject(vm), (values) => isAwaited(identityOf(values)) || undefined, signal);
}

function identityOf(values: { get(path: string): Xml }): GuestIdentity {
  return {
    hostName: text(values.get('guest.hostName')) || undefined,
    ipAddresses: guestAddresses(values),
    toolsRunning: text(values.get('guest.toolsRunningStatus')) === 'guestToolsRunning',
  };
}
