import { NotFoundInVCenter } from '../faults.js';
import { datacenter } from './inventory-paths.js';
import { readBelow } from './properties.js';
import type { VSphereSession } from './session.js';
import { type ManagedObject, text } from './xml-values.js';

/** A template by name, wherever in the datacenter it lies: templates are shared by tenants, so not in their folders. */
export async function findTemplate(session: VSphereSession, name: string, signal: AbortSignal): Promise<ManagedObject> {
  const lookUp = async (shared: AbortSignal) => {
    const paths = ['name', 'config.template'];
    const all = await readBelow(session, await datacenter(session, shared), 'VirtualMachine', paths, shared);
    const found = all.find((vm) => text(vm.get('name')) === name && text(vm.get('config.template')) === 'true');
    if (!found) throw new NotFoundInVCenter('template', name);
    return found.object;
  };
  return session.remember(`template ${name}`, lookUp, signal);
}
