import { HypervisorFault } from '../faults.js';
import type { TaskRef, VmComparison, VmOwner, VmRef, VmSize } from '../hypervisor.js';
import { DEVICES, ownVm } from './own-vm.js';
import type { Read } from './properties.js';
import type { VSphereSession } from './session.js';
import { startedTask } from './started-task.js';
import { child, children, integer, text, typed, type Xml, xsiType } from './xml-values.js';

const KIB_PER_GIB = 1024 * 1024;

export async function reconfigure(
  session: VSphereSession,
  vm: VmRef | VmComparison,
  owner: VmOwner,
  size: VmSize,
  signal: AbortSignal,
): Promise<TaskRef | undefined> {
  const read = await ownVm(session, vm, owner, signal);
  const spec = sizeChange(read, size);
  if (!spec) return undefined;
  return startedTask(await session.call('ReconfigVM_Task', read.object, { spec }, signal));
}

/** @returns undefined when CPUs, memory and disk are as wanted */
export function sizeChange(read: Read, size: VmSize): Xml {
  const disk = children(read.get(DEVICES), 'VirtualDevice').find((device) => xsiType(device) === 'VirtualDisk');
  if (!disk) throw new HypervisorFault('NotSupported', `${read.object.value} has no disk to size`);
  const deviceChange = grownDisk(disk, size.diskGiB * KIB_PER_GIB);
  const asWanted =
    integer(read.get('config.hardware.numCPU')) === size.cpus &&
    integer(read.get('config.hardware.memoryMB')) === size.memoryMiB;
  return asWanted && !deviceChange ? undefined : { numCPUs: size.cpus, memoryMB: size.memoryMiB, deviceChange };
}

/** The change that grows the disk; none where it is large enough already, because vSphere cannot shrink one. */
function grownDisk(disk: Xml, capacityInKB: number): Xml {
  if ((integer(disk, 'capacityInKB') ?? 0) >= capacityInKB) return undefined;
  const backing = child(disk, 'backing');
  return typed('VirtualDeviceConfigSpec', {
    operation: 'edit',
    device: typed('VirtualDisk', {
      key: text(disk, 'key'),
      // An edit names the file it is about; without it vCenter reads the change as a new backing.
      backing: typed(xsiType(backing) ?? 'VirtualDiskFlatVer2BackingInfo', {
        fileName: text(backing, 'fileName'),
        diskMode: text(backing, 'diskMode'),
      }),
      controllerKey: text(disk, 'controllerKey'),
      unitNumber: text(disk, 'unitNumber'),
      capacityInKB,
      // Who changes the capacity must name it in bytes; the field in KB alone is deprecated and does not do (VirtualDisk).
      capacityInBytes: capacityInKB * 1024,
    }),
  });
}
