import type { CloneSpec, TaskRef } from '../hypervisor.js';
import { findTemplate } from './find-template.js';
import { MARKER_KEY } from './find-vm.js';
import { datastore, resourcePool, tenantFolder } from './inventory-paths.js';
import type { VSphereSession } from './session.js';
import { startedTask } from './started-task.js';
import { moref, optionValue } from './xml-values.js';

export async function cloneFromTemplate(
  session: VSphereSession,
  spec: CloneSpec,
  signal: AbortSignal,
): Promise<TaskRef> {
  const [template, folder, pool, store] = await Promise.all([
    findTemplate(session, spec.template, signal),
    tenantFolder(session, signal),
    resourcePool(session, signal),
    datastore(session, signal),
  ]);
  const args = {
    folder: moref(folder),
    name: spec.name,
    spec: {
      location: { datastore: moref(store), pool: moref(pool) },
      template: false,
      // Marker and UUID in the clone's own spec: a crash after this call leaves no VM that cannot be recognised.
      config: { instanceUuid: spec.instanceUuid, extraConfig: [optionValue(MARKER_KEY, spec.marker)] },
      powerOn: false,
    },
  };
  return startedTask(await session.call('CloneVM_Task', template, args, signal));
}
