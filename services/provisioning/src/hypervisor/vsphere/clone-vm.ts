import type { CloneSpec, TaskRef } from '../hypervisor.js';
import { cloudConfig, linuxSpec } from './customise-vm.js';
import { findTemplate } from './find-template.js';
import { MARKER_KEY } from './find-vm.js';
import { datastore, resourcePool, tenantFolder } from './inventory-paths.js';
import { firstCard, movedCard, plugOf } from './network-card.js';
import { DEVICES } from './own-vm.js';
import { readOne } from './properties.js';
import type { VSphereSession } from './session.js';
import { startedTask } from './started-task.js';
import { moref, optionValues, type Xml } from './xml-values.js';

export async function cloneFromTemplate(
  session: VSphereSession,
  spec: CloneSpec,
  signal: AbortSignal,
): Promise<TaskRef> {
  const { instanceUuid, marker } = spec;
  const { size, network, customisation } = spec.settings ?? {};
  const [template, folder, pool, store, card, plug] = await Promise.all([
    findTemplate(session, spec.template, signal),
    tenantFolder(session, signal),
    resourcePool(session, signal),
    datastore(session, signal),
    cardOf(session, spec.template, signal),
    network === undefined ? undefined : plugOf(session, network, signal),
  ]);
  const args = {
    folder: moref(folder),
    name: spec.name,
    spec: {
      location: {
        datastore: moref(store),
        pool: moref(pool),
        deviceChange: card && plug && movedCard(card, plug, { keepMac: false }),
      },
      template: false,
      // Marker and UUID in the clone's own spec: a crash after this call leaves no VM that cannot be recognised.
      config: {
        instanceUuid,
        numCPUs: size?.cpus,
        memoryMB: size?.memoryMiB,
        extraConfig: optionValues({ [MARKER_KEY]: marker, ...(customisation && cloudConfig(customisation)) }),
      },
      // vSphere refuses to customise a card that is not there; without one, both come by the steps after.
      customization: card && customisation && linuxSpec(customisation),
      powerOn: false,
    },
  };
  return startedTask(await session.call('CloneVM_Task', template, args, signal));
}

/** The template's first network card; the clone's has the same key. */
function cardOf(session: VSphereSession, template: string, signal: AbortSignal): Promise<Xml> {
  const lookUp = async (shared: AbortSignal) => {
    const read = await readOne(session, await findTemplate(session, template, shared), [DEVICES], shared);
    return firstCard(read.get(DEVICES));
  };
  return session.remember(`card of ${template}`, lookUp, signal);
}
