import type { Inventory } from '../hypervisor.js';
import { VM_PATHS, vmFacts } from './find-vm.js';
import { datacenter, tenantFolder } from './inventory-paths.js';
import { type Read, readBelow, readListed } from './properties.js';
import type { VSphereSession } from './session.js';
import { children, flag, integer, text } from './xml-values.js';

const DATASTORE_PATHS = ['name', 'summary.freeSpace', 'summary.accessible'];

export async function inventory(session: VSphereSession, signal: AbortSignal): Promise<Inventory> {
  const [dc, folder] = await Promise.all([datacenter(session, signal), tenantFolder(session, signal)]);
  const ofDatacenter = (path: string, type: string, paths: string[]) =>
    readListed(session, dc, { type: 'Datacenter', path }, type, paths, signal);
  const [all, networks, datastores, own] = await Promise.all([
    readBelow(session, dc, 'VirtualMachine', ['name', 'config.template'], signal),
    ofDatacenter('network', 'Network', ['name', 'tag']),
    ofDatacenter('datastore', 'Datastore', DATASTORE_PATHS),
    readListed(
      session,
      folder,
      { type: 'Folder', path: 'childEntity' },
      'VirtualMachine',
      [...VM_PATHS, 'config.template'],
      signal,
    ),
  ]);
  return {
    templates: all.filter(isTemplate).flatMap(nameOf),
    networks: networks.filter((network) => !isUplink(network)).flatMap(nameOf),
    datastores: datastores.map(datastoreFacts),
    vms: own.filter((vm) => !isTemplate(vm)).map(vmFacts),
    templatesInFolder: own.filter(isTemplate).flatMap(nameOf),
  };
}

/** A switch's uplinks look like a port group, but no VM may be attached to them; vCenter tells them by this tag. */
function isUplink(network: Read): boolean {
  return children(network.get('tag'), 'Tag').some((tag) => text(tag, 'key') === 'SYSTEM/DVS.UPLINKPG');
}

function nameOf(read: Read): string | [] {
  return text(read.get('name')) ?? [];
}

function isTemplate(vm: Read): boolean {
  return flag(vm.get('config.template'));
}

function datastoreFacts(datastore: Read): Inventory['datastores'][number] {
  return {
    name: text(datastore.get('name')) ?? '',
    freeBytes: integer(datastore.get('summary.freeSpace')) ?? 0,
    accessible: flag(datastore.get('summary.accessible')),
  };
}
