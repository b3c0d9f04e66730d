import type { Inventory } from '../hypervisor.js';
import { VM_PATHS, vmFacts } from './find-vm.js';
import { datacenter, tenantFolder } from './inventory-paths.js';
import { type Read, readBelow, readListed, readOne } from './properties.js';
import type { VSphereSession } from './session.js';
import { children, flag, integer, text, xsiType } from './xml-values.js';

const TEMPLATE_PATHS = [
  'name',
  'config.template',
  'config.guestFullName',
  'config.hardware.numCPU',
  'config.hardware.memoryMB',
];
const DATASTORE_PATHS = ['name', 'summary.capacity', 'summary.freeSpace', 'summary.accessible'];
const KIB_PER_GIB = 1024 * 1024;

export async function inventory(session: VSphereSession, signal: AbortSignal): Promise<Inventory> {
  const [dc, folder] = await Promise.all([datacenter(session, signal), tenantFolder(session, signal)]);
  const ofDatacenter = (path: string, type: string, paths: string[]) =>
    readListed(session, dc, { type: 'Datacenter', path }, type, paths, signal);
  const [all, networks, datastores, own] = await Promise.all([
    readBelow(session, dc, 'VirtualMachine', TEMPLATE_PATHS, signal),
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
    templates: await Promise.all(all.filter(isTemplate).map((template) => templateFacts(session, template, signal))),
    networks: networks.filter((network) => !isUplink(network)).flatMap((network) => text(network.get('name')) ?? []),
    datastores: datastores.map(datastoreFacts),
    vms: own.filter((vm) => !isTemplate(vm)).map(vmFacts),
    templatesInFolder: own.filter(isTemplate).flatMap((template) => text(template.get('name')) ?? []),
  };
}

/** A switch's uplinks look like a port group, but no VM may be attached to them; vCenter tells them by this tag. */
function isUplink(network: Read): boolean {
  return children(network.get('tag'), 'Tag').some((tag) => text(tag, 'key') === 'SYSTEM/DVS.UPLINKPG');
}

function isTemplate(vm: Read): boolean {
  return flag(vm.get('config.template'));
}

async function templateFacts(
  session: VSphereSession,
  template: Read,
  signal: AbortSignal,
): Promise<Inventory['templates'][number]> {
  // Only for templates: devices are the bulk of a VM's configuration.
  const hardware = await readOne(session, template.object, ['config.hardware.device'], signal);
  const disk = children(hardware.get('config.hardware.device'), 'VirtualDevice').find(
    (device) => xsiType(device) === 'VirtualDisk',
  );
  return {
    name: text(template.get('name')) ?? '',
    guest: text(template.get('config.guestFullName')) ?? '',
    cpus: integer(template.get('config.hardware.numCPU')) ?? 0,
    memoryMiB: integer(template.get('config.hardware.memoryMB')) ?? 0,
    diskGiB: Math.ceil((integer(disk, 'capacityInKB') ?? 0) / KIB_PER_GIB),
  };
}

function datastoreFacts(datastore: Read): Inventory['datastores'][number] {
  return {
    name: text(datastore.get('name')) ?? '',
    capacityBytes: integer(datastore.get('summary.capacity')) ?? 0,
    freeBytes: integer(datastore.get('summary.freeSpace')) ?? 0,
    accessible: flag(datastore.get('summary.accessible')),
  };
}
