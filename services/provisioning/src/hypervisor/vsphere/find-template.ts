import { NotFoundInVCenter } from '../faults.js';
import { datacenter } from './inventory-paths.js';
import { readBelow } from './properties.js';
import type { VSphereSession } from './session.js';
import { type ManagedObject, text } from './xml-values.js';

/** A template by name, wherever in the datacenter it lies: templates are shared by tenants, so not in their folders. */
export async function findTemplate(session: VSphereSession, name: string, signal: AbortSignal): Promise<ManagedObject> {
  return session.remember(`template ${name}`, async () => {
    const paths = ['name', 'config.template'];
    const all = await readBelow(session, await datacenter(session, signal), 'VirtualMachine', paths, signal);
    const found = all.find((vm) => text(vm.get('name')) === name && text(vm.get('config.template')) === 'true');
    if (!found) throw new NotFoundInVCenter('template', name);
    return found.object;
  });
}
