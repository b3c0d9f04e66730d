import { NotOurVm } from '../faults.js';
import type { VmOwner, VmRef } from '../hypervisor.js';
import { ownerFacts } from './find-vm.js';
import { tenantFolder } from './inventory-paths.js';
import { type Read, readOne } from './properties.js';
import type { VSphereSession } from './session.js';
import { type ManagedObject, reference } from './xml-values.js';

/**
 * Proves that a VM is the owner's before it is changed, and reads on the way what the change needs.
 * vSphere has no conditional change, so somebody could swap marker or folder between this reading and the change;
 * what is ruled out is acting on a stale reference, a foreign VM of the same name, or a VM that was moved away.
 */
export async function ownVm(
  session: VSphereSession,
  vm: VmRef,
  owner: VmOwner,
  signal: AbortSignal,
  paths: string[] = [],
): Promise<Read> {
  const asked = ['parent', 'config.instanceUuid', 'config.extraConfig', ...paths];
  const [read, folder] = await Promise.all([
    readOne(session, vmObject(vm), asked, signal),
    tenantFolder(session, signal),
  ]);
  const found = ownerFacts(read);
  const parent = reference(read.get('parent'));
  if (found.marker !== owner.marker) throw new NotOurVm(vm, 'marker', owner.marker, found.marker);
  if (found.instanceUuid !== owner.instanceUuid.toLowerCase()) {
    throw new NotOurVm(vm, 'instance UUID', owner.instanceUuid, found.instanceUuid);
  }
  if (parent?.value !== folder.value) throw new NotOurVm(vm, 'folder', folder.value, parent?.value);
  return read;
}

export function vmObject(vm: VmRef): ManagedObject {
  return { type: 'VirtualMachine', value: vm };
}
