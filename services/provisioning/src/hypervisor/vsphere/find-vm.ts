import type { PowerState, VmFacts, VmOwner } from '../hypervisor.js';
import { findChild, tenantFolder } from './inventory-paths.js';
import { type Read, readOne } from './properties.js';
import type { VSphereSession } from './session.js';
import { children, integer, text, type Xml } from './xml-values.js';

/** The key of the VM's extra configuration under which a VM of ours names its request. */
export const MARKER_KEY = 'dvmm.request';

/** The properties `vmFacts` is made of. */
export const VM_PATHS = [
  'name',
  'runtime.powerState',
  'guest.hostName',
  'guest.ipAddress',
  'guest.net',
  'config.hardware.numCPU',
  'config.hardware.memoryMB',
  'config.instanceUuid',
  'config.extraConfig',
];

export async function findByName(
  session: VSphereSession,
  name: string,
  signal: AbortSignal,
): Promise<VmFacts | undefined> {
  const object = await findChild(session, await tenantFolder(session, signal), name, signal);
  if (object?.type !== 'VirtualMachine') return undefined;
  return vmFacts(await readOne(session, object, VM_PATHS, signal));
}

export function vmFacts(read: Read): VmFacts {
  return {
    vm: read.object.value,
    name: value(read, 'name') ?? '',
    powerState: powerState(value(read, 'runtime.powerState')),
    guestHostName: value(read, 'guest.hostName') || undefined,
    ipAddresses: guestAddresses(read),
    cpus: integer(read.get('config.hardware.numCPU')) ?? 0,
    memoryMiB: integer(read.get('config.hardware.memoryMB')) ?? 0,
    ...ownerFacts(read),
  };
}

export function ownerFacts(read: Read): { [K in keyof VmOwner]: VmOwner[K] | undefined } {
  return {
    marker: extraConfigOf(read).get(MARKER_KEY),
    instanceUuid: value(read, 'config.instanceUuid')?.toLowerCase(),
  };
}

export function extraConfigOf(read: Read): Map<string | undefined, string | undefined> {
  const options = children(read.get('config.extraConfig'), 'OptionValue');
  return new Map(options.map((option) => [text(option, 'key'), text(option, 'value')]));
}

/** The primary address first, then those of all cards, each once; link-local ones serve nobody. */
export function guestAddresses(read: { get(path: string): Xml }): string[] {
  const ofCards = children(read.get('guest.net'), 'GuestNicInfo').flatMap((card) => children(card, 'ipAddress'));
  const all = [read.get('guest.ipAddress'), ...ofCards].flatMap((address) => text(address) || []);
  return [...new Set(all)].filter((address) => !/^(fe80:|169\.254\.)/i.test(address));
}

function value(read: Read, path: string): string | undefined {
  return text(read.get(path));
}

function powerState(state: string | undefined): PowerState {
  return state === 'poweredOn' || state === 'suspended' ? state : 'poweredOff';
}
