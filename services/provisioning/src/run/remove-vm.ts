import { HypervisorAway, NotOurVm } from '../hypervisor/faults.js';
import type { Hypervisor, TaskRef, VmOwner } from '../hypervisor/hypervisor.js';
import { actMs, lookupMs, waitMs } from './step-work.js';
import { waitBriefly } from './wait-briefly.js';

export interface Removal {
  readonly hypervisor: Hypervisor;
  readonly vmName: string;
  readonly template: string;
  readonly owner: VmOwner;
  /** A clone of ours that may still be running. */
  readonly cloneTask: TaskRef | null;
  /** The clone was asked for and its answer never came: it may still turn up. */
  readonly cloneUnclear: boolean;
  /** Checks that this worker still holds the work. @throws ClaimLost */
  readonly stillOurs: () => Promise<void>;
}

/**
 * Removes a VM that carries our marker, and proves that none is left. Everything else of that name is left alone.
 * @returns `gone`, or in how many ms to go on
 * @throws NotOurVm when a VM has our UUID but not our marker: a person must look
 */
export async function removeVm(removal: Removal): Promise<'gone' | { againInMs: number }> {
  const { hypervisor, vmName, owner } = removal;
  if (removal.cloneTask && !(await stopClone(hypervisor, removal.cloneTask, vmName))) return { againInMs: 1_000 };
  const vm = await hypervisor.findByName(vmName, lookupMs);
  if (!vm || vm.marker !== owner.marker) {
    const mayTurnUp = vm ? vm.marker === undefined : removal.cloneUnclear;
    if (mayTurnUp) {
      const running = await hypervisor.runningCloneTasks({ name: vmName, template: removal.template }, lookupMs);
      if (running.length > 0) return { againInMs: 2_000 };
    }
    if (vm && vm.instanceUuid === owner.instanceUuid) throw new NotOurVm(vm.vm, 'marker', owner.marker, vm.marker);
    return 'gone';
  }
  if (vm.powerState !== 'poweredOff') {
    await removal.stillOurs();
    await ended(hypervisor, await hypervisor.powerOff(vm.vm, owner, actMs), vmName);
  }
  await removal.stillOurs();
  await ended(hypervisor, await hypervisor.destroy(vm.vm, owner, actMs), vmName);
  const left = await hypervisor.findByName(vmName, lookupMs);
  return left?.marker === owner.marker ? { againInMs: 1_000 } : 'gone';
}

/** @returns whether the clone has ended, in whichever way */
async function stopClone(hypervisor: Hypervisor, task: TaskRef, vmName: string): Promise<boolean> {
  try {
    await hypervisor.cancelTask(task, actMs);
    return (await waitBriefly(hypervisor, task, vmName, waitMs)).ended;
  } catch (error) {
    if (error instanceof HypervisorAway) throw error;
    return true; // It was cancelled, had failed, or is forgotten: what stands in the folder tells.
  }
}

async function ended(hypervisor: Hypervisor, task: TaskRef, vmName: string): Promise<void> {
  await waitBriefly(hypervisor, task, vmName, waitMs);
}
