import { network } from './inventory-paths.js';
import { readOne } from './properties.js';
import type { VSphereSession } from './session.js';
import { child, children, flag, moref, reference, text, typed, type Xml, xsiType } from './xml-values.js';

const CARDS = new Set([
  'VirtualVmxnet3',
  'VirtualVmxnet2',
  'VirtualVmxnet',
  'VirtualE1000',
  'VirtualE1000e',
  'VirtualPCNet32',
]);
const CONNECTED_AT_POWER_ON = { startConnected: true, allowGuestControl: true, connected: false };

/** What a card is plugged into: a standard network by its name, or a distributed port group by its switch and key. */
export type Plug = { kind: 'network'; name: string; network: Xml } | { kind: 'port'; switchUuid: string; key: string };

export async function plugOf(session: VSphereSession, name: string, signal: AbortSignal): Promise<Plug> {
  const lookUp = async (shared: AbortSignal): Promise<Plug> => {
    const target = await network(session, name, shared);
    if (target.type !== 'DistributedVirtualPortgroup') return { kind: 'network', name, network: moref(target) };
    const group = await readOne(session, target, ['key', 'config.distributedVirtualSwitch'], shared);
    const dvs = reference(group.get('config.distributedVirtualSwitch'));
    const switchUuid = dvs && text((await readOne(session, dvs, ['uuid'], shared)).get('uuid'));
    return { kind: 'port', switchUuid: switchUuid ?? '', key: text(group.get('key')) ?? '' };
  };
  return session.remember(`plug ${name}`, lookUp, signal);
}

export function firstCard(devices: Xml): Xml {
  return children(devices, 'VirtualDevice').find((device) => CARDS.has(xsiType(device) ?? ''));
}

/** Whether the card will be in this network when the VM is powered on. */
export function isPluggedInto(card: Xml, plug: Plug): boolean {
  if (!flag(card, 'connectable', 'startConnected')) return false;
  const backing = child(card, 'backing');
  if (plug.kind === 'network') return text(backing, 'deviceName') === plug.name;
  return text(backing, 'port', 'switchUuid') === plug.switchUuid && text(backing, 'port', 'portgroupKey') === plug.key;
}

/** The change that moves the card, with its MAC; in a clone it goes without, because the template's is taken. */
export function movedCard(card: Xml, plug: Plug, { keepMac }: { keepMac: boolean }): Xml {
  const device = typed(xsiType(card) ?? 'VirtualVmxnet3', {
    key: text(card, 'key'),
    backing: backingOf(plug),
    connectable: CONNECTED_AT_POWER_ON,
    controllerKey: text(card, 'controllerKey'),
    unitNumber: text(card, 'unitNumber'),
    ...(keepMac ? { addressType: text(card, 'addressType'), macAddress: text(card, 'macAddress') } : {}),
  });
  return typed('VirtualDeviceConfigSpec', { operation: 'edit', device });
}

export function newCard(plug: Plug): Xml {
  // Keys below zero are for the one message only; vCenter gives the real one.
  const device = typed('VirtualVmxnet3', {
    key: -1,
    backing: backingOf(plug),
    connectable: CONNECTED_AT_POWER_ON,
    addressType: 'generated',
  });
  return typed('VirtualDeviceConfigSpec', { operation: 'add', device });
}

function backingOf(plug: Plug): Xml {
  return plug.kind === 'network'
    ? typed('VirtualEthernetCardNetworkBackingInfo', { deviceName: plug.name, network: plug.network })
    : typed('VirtualEthernetCardDistributedVirtualPortBackingInfo', {
        port: { switchUuid: plug.switchUuid, portgroupKey: plug.key },
      });
}
