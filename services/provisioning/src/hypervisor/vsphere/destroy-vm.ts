import type { TaskRef, VmOwner, VmRef } from '../hypervisor.js';
import { ownVm, vmObject } from './own-vm.js';
import type { VSphereSession } from './session.js';
import { startedTask } from './started-task.js';

export async function destroy(
  session: VSphereSession,
  vm: VmRef,
  owner: VmOwner,
  signal: AbortSignal,
): Promise<TaskRef> {
  await ownVm(session, vm, owner, signal);
  return startedTask(await session.call('Destroy_Task', vmObject(vm), {}, signal));
}
