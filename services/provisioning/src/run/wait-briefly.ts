import { HypervisorAway } from '../hypervisor/faults.js';
import type { Hypervisor, TaskRef, TaskResult } from '../hypervisor/hypervisor.js';
import { lookupMs } from './step-work.js';

export type Waited =
  | { readonly ended: true; readonly result: TaskResult }
  | { readonly ended: false; readonly percent: number | undefined };

/**
 * Waits for a task, but not for long: between waits the run is looked at anew, so that a cancel takes effect.
 * @param vmName looked up when the time is over: only an answer tells a task that runs on from a vCenter that is away
 */
export async function waitBriefly(hypervisor: Hypervisor, task: TaskRef, vmName: string, ms: number): Promise<Waited> {
  let percent: number | undefined;
  try {
    return { ended: true, result: await hypervisor.waitForTask(task, (progress) => (percent = progress.percent), ms) };
  } catch (error) {
    if (!(error instanceof HypervisorAway)) throw error;
    await hypervisor.findByName(vmName, lookupMs);
    return { ended: false, percent };
  }
}
