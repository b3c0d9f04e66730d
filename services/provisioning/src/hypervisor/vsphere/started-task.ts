import { HypervisorFault } from '../faults.js';
import type { TaskRef } from '../hypervisor.js';
import { child, reference, type Xml } from './xml-values.js';

/** The task an operation's answer names. */
export function startedTask(response: Xml): TaskRef {
  const task = reference(child(response, 'returnval'));
  if (task?.type !== 'Task') throw new HypervisorFault('UnexpectedAnswer', 'no task in the answer');
  return task.value;
}
