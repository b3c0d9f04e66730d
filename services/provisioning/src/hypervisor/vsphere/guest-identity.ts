import type { GuestIdentity, VmRef } from '../hypervisor.js';
import { guestAddresses, value } from './find-vm.js';
import { vmObject } from './own-vm.js';
import { readOne } from './properties.js';
import type { VSphereSession } from './session.js';

const PATHS = ['guest.hostName', 'guest.ipAddress', 'guest.net', 'guest.toolsRunningStatus'];

export async function guestIdentity(session: VSphereSession, vm: VmRef, signal: AbortSignal): Promise<GuestIdentity> {
  const read = await readOne(session, vmObject(vm), PATHS, signal);
  return {
    hostName: value(read, 'guest.hostName') || undefined,
    ipAddresses: guestAddresses(read),
    toolsRunning: value(read, 'guest.toolsRunningStatus') === 'guestToolsRunning',
  };
}
