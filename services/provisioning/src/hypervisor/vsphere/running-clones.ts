import type { TaskRef } from '../hypervisor.js';
import { findTemplate } from './find-template.js';
import { findChild, tenantFolder } from './inventory-paths.js';
import { readListed } from './properties.js';
import type { VSphereSession } from './session.js';
import { reference, text } from './xml-values.js';

/**
 * Clone tasks under way on the template or on a VM of this name. A clone's task names its source; what it makes shows
 * only in its result, so a clone of the same template for another request counts too, and the caller waits once more.
 */
export async function runningCloneTasks(
  session: VSphereSession,
  { name, template }: { name: string; template: string },
  signal: AbortSignal,
): Promise<TaskRef[]> {
  const [source, made] = await Promise.all([
    findTemplate(session, template, signal),
    tenantFolder(session, signal).then((folder) => findChild(session, folder, name, signal)),
  ]);
  const taskManager = await session.singleton('taskManager', signal);
  // Of the whole info only these: a task's result may be large.
  const paths = ['info.descriptionId', 'info.state', 'info.entity'];
  const tasks = await readListed(
    session,
    taskManager,
    { type: 'TaskManager', path: 'recentTask' },
    'Task',
    paths,
    signal,
  );
  return tasks
    .filter((task) => /^VirtualMachine\.clone/.test(text(task.get('info.descriptionId')) ?? ''))
    .filter((task) => ['queued', 'running'].includes(text(task.get('info.state')) ?? ''))
    .filter((task) => [source.value, made?.value].includes(reference(task.get('info.entity'))?.value))
    .map((task) => task.object.value);
}
