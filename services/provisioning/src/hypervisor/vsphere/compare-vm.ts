import type { VmComparison, VmOwner, VmRef, VmSettings } from '../hypervisor.js';
import { networkChange } from './attach-network.js';
import { isCustomised } from './customise-vm.js';
import { plugOf } from './network-card.js';
import { Comparison, ownVm } from './own-vm.js';
import { sizeChange } from './reconfigure-vm.js';
import type { VSphereSession } from './session.js';

export async function compare(
  session: VSphereSession,
  vm: VmRef,
  owner: VmOwner,
  { size, network, customisation }: VmSettings,
  signal: AbortSignal,
): Promise<VmComparison> {
  const [read, plug] = await Promise.all([ownVm(session, vm, owner, signal), plugOf(session, network, signal)]);
  const unlike = new Set<keyof VmSettings>();
  if (sizeChange(read, size)) unlike.add('size');
  if (networkChange(read, plug)) unlike.add('network');
  if (!isCustomised(read, customisation)) unlike.add('customisation');
  return new Comparison(vm, unlike, read, owner);
}
