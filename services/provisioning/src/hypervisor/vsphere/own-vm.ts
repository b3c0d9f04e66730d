import { NotOurVm } from '../faults.js';
import type { VmComparison, VmOwner, VmRef, VmSettings } from '../hypervisor.js';
import { ownerFacts } from './find-vm.js';
import { tenantFolder } from './inventory-paths.js';
import { type Read, readOne } from './properties.js';
import type { VSphereSession } from './session.js';
import { type ManagedObject, reference } from './xml-values.js';

export const DEVICES = 'config.hardware.device';
export const PENDING_CUSTOMISATION = 'config.tools.pendingCustomization';

export const GUEST_PATHS = ['guest.hostName', 'guest.ipAddress', 'guest.net', 'guest.toolsRunningStatus'];

/** One list for whatever a step needs, so that readings of many VMs go together. */
const PATHS = [
  'parent',
  'config.instanceUuid',
  'config.extraConfig',
  'config.hardware.numCPU',
  'config.hardware.memoryMB',
  DEVICES,
  PENDING_CUSTOMISATION,
  ...GUEST_PATHS,
];

/**
 * Proves that a VM is the owner's before it is changed, and reads on the way what a step needs.
 * vSphere has no conditional change, so somebody could swap marker or folder between this reading and the change;
 * what is ruled out is acting on a stale reference, a foreign VM of the same name, or a VM that was moved away.
 */
export async function ownVm(
  session: VSphereSession,
  vm: VmRef | VmComparison,
  owner: VmOwner,
  signal: AbortSignal,
): Promise<Read> {
  if (typeof vm !== 'string') return provenBy(vm, owner);
  const [read, folder] = await Promise.all([
    readOne(session, vmObject(vm), PATHS, signal),
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

/** A comparison with the reading it was made from, which may serve for a change as well. */
export class Comparison implements VmComparison {
  constructor(
    readonly vm: VmRef,
    readonly unlike: ReadonlySet<keyof VmSettings>,
    readonly read: Read,
    readonly owner: VmOwner,
  ) {}
}

function provenBy(compared: VmComparison, owner: VmOwner): Read {
  if (!(compared instanceof Comparison) || compared.owner.marker !== owner.marker)
    throw new NotOurVm(compared.vm, 'marker', owner.marker, undefined);
  return compared.read;
}

export function vmObject(vm: VmRef): ManagedObject {
  return { type: 'VirtualMachine', value: vm };
}
