import type { TaskProgress, TaskRef, TaskResult } from '../hypervisor.js';
import { faultOfTask } from './soap-faults.js';
import type { ObjectWatch } from './watch-objects.js';
import { integer, reference, text, type Xml } from './xml-values.js';

export function taskEnd(
  watch: ObjectWatch,
  task: TaskRef,
  onProgress: (progress: TaskProgress) => void,
  signal: AbortSignal,
): Promise<TaskResult> {
  return watch.until({ type: 'Task', value: task }, (values) => resultOf(values, onProgress), signal);
}

/** @throws the fault that a failed task ended with */
function resultOf(
  values: ReadonlyMap<string, Xml>,
  onProgress: (progress: TaskProgress) => void,
): TaskResult | undefined {
  const state = text(values.get('info.state'));
  if (state === 'error') throw faultOfTask(values.get('info.error'));
  if (state === 'success') {
    const made = reference(values.get('info.result'));
    return { vm: made?.type === 'VirtualMachine' ? made.value : undefined };
  }
  if (state === 'queued' || state === 'running') onProgress({ state, percent: integer(values.get('info.progress')) });
  return undefined;
}
