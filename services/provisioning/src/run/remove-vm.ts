import { HypervisorAway, HypervisorFault, NotFoundInVCenter, NotOurVm } from '../hypervisor/faults.js';
import type { Hypervisor, TaskRef, VmOwner, VmRef } from '../hypervisor/hypervisor.js';
import { actMs, lookupMs, waitMs } from './step-work.js';
import { waitBriefly } from './wait-briefly.js';

export interface Removal {
  readonly hypervisor: Hypervisor;
  readonly vmName: string;
  /** The VM, once it is known: where it was renamed or moved, its name in the folder does not lead to it. */
  readonly vm: VmRef | null;
  readonly owner: VmOwner;
  /** The clone that made it; null when that ended long ago. */
  readonly clone: {
    readonly template: string;
    /** May still be running. */
    readonly task: TaskRef | null;
    /** It was asked for and its answer never came: it may still turn up. */
    readonly unclear: boolean;
  } | null;
  /** Checks that this worker still holds the work. @throws ClaimLost */
  readonly stillOurs: () => Promise<void>;
}

/**
 * Removes a VM that carries our marker, and proves that none is left. Everything else of that name is left alone.
 * @returns `gone`, or in how many ms to go on
 * @throws NotOurVm when a VM has our UUID or reference but not our marker or folder: a person must look
 */
export async function removeVm(removal: Removal): Promise<'gone' | { againInMs: number }> {
  const { hypervisor, vmName, owner, clone } = removal;
  if (clone?.task && !(await stopClone(hypervisor, clone.task, vmName))) return { againInMs: 1_000 };
  const named = await hypervisor.findByName(vmName, lookupMs);
  const isOurs = named?.marker === owner.marker;
  if (clone && !isOurs && (named ? named.marker === undefined : clone.unclear)) {
    const running = await hypervisor.runningCloneTasks({ name: vmName, template: clone.template }, lookupMs);
    if (running.length > 0) return { againInMs: 2_000 };
  }
  if (named && !isOurs && named.instanceUuid === owner.instanceUuid)
    throw new NotOurVm(named.vm, 'marker', owner.marker, named.marker);
  const vm = isOurs ? named.vm : removal.vm;
  if (!vm) return 'gone';
  try {
    await removal.stillOurs();
    await switchOff(hypervisor, vm, owner, vmName);
    await removal.stillOurs();
    await waitBriefly(hypervisor, await hypervisor.destroy(vm, owner, actMs), vmName, waitMs);
    await hypervisor.guestIdentity(vm, owner, lookupMs);
    return { againInMs: 1_000 };
  } catch (error) {
    if (error instanceof NotFoundInVCenter && error.kind === 'vm') return 'gone';
    throw error;
  }
}

async function switchOff(hypervisor: Hypervisor, vm: VmRef, owner: VmOwner, vmName: string): Promise<void> {
  try {
    await waitBriefly(hypervisor, await hypervisor.powerOff(vm, owner, actMs), vmName, waitMs);
  } catch (error) {
    if (!(error instanceof HypervisorFault && error.faultName === 'InvalidPowerState')) throw error; // It is off.
  }
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
