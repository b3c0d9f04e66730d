import { HypervisorFault } from '../faults.js';
import type { TaskRef } from '../hypervisor.js';
import type { VSphereSession } from './session.js';

export async function cancelTask(session: VSphereSession, task: TaskRef, signal: AbortSignal): Promise<void> {
  try {
    await session.call('CancelTask', { type: 'Task', value: task }, {}, signal);
  } catch (error) {
    // It ended before; NotSupported (this task cannot be stopped) goes to the caller.
    if (!(error instanceof HypervisorFault && error.faultName === 'InvalidState')) throw error;
  }
}
