import type { TaskRef, VmOwner, VmRef } from '../hypervisor.js';
import { ownVm, vmObject } from './own-vm.js';
import type { VSphereSession } from './session.js';
import { startedTask } from './started-task.js';

export async function changePower(
  session: VSphereSession,
  operation: 'PowerOnVM_Task' | 'PowerOffVM_Task' | 'ResetVM_Task',
  vm: VmRef,
  owner: VmOwner,
  signal: AbortSignal,
): Promise<TaskRef> {
  await ownVm(session, vm, owner, signal);
  return startedTask(await session.call(operation, vmObject(vm), {}, signal));
}

export async function shutdownGuest(
  session: VSphereSession,
  vm: VmRef,
  owner: VmOwner,
  signal: AbortSignal,
): Promise<void> {
  await ownVm(session, vm, owner, signal);
  await session.call('ShutdownGuest', vmObject(vm), {}, signal);
}
