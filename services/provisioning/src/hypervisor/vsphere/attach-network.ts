import type { TaskRef, VmOwner, VmRef } from '../hypervisor.js';
import { network } from './inventory-paths.js';
import { ownVm, vmObject } from './own-vm.js';
import { readOne } from './properties.js';
import type { VSphereSession } from './session.js';
import { startedTask } from './started-task.js';
import { children, type ManagedObject, moref, reference, text, typed, type Xml, xsiType } from './xml-values.js';

const CARDS = new Set([
  'VirtualVmxnet3',
  'VirtualVmxnet2',
  'VirtualVmxnet',
  'VirtualE1000',
  'VirtualE1000e',
  'VirtualPCNet32',
]);

export async function attachNetwork(
  session: VSphereSession,
  vm: VmRef,
  owner: VmOwner,
  name: string,
  signal: AbortSignal,
): Promise<TaskRef> {
  const [read, target] = await Promise.all([
    ownVm(session, vm, owner, signal, ['config.hardware.device']),
    network(session, name, signal),
  ]);
  const backing = await backingOf(session, target, name, signal);
  const card = children(read.get('config.hardware.device'), 'VirtualDevice').find((device) =>
    CARDS.has(xsiType(device) ?? ''),
  );
  const deviceChange = card ? movedCard(card, backing) : newCard(backing);
  return startedTask(await session.call('ReconfigVM_Task', vmObject(vm), { spec: { deviceChange } }, signal));
}

/** A distributed port group is named by its switch and key, a standard network by its name. */
async function backingOf(
  session: VSphereSession,
  target: ManagedObject,
  name: string,
  signal: AbortSignal,
): Promise<Xml> {
  if (target.type !== 'DistributedVirtualPortgroup') {
    return typed('VirtualEthernetCardNetworkBackingInfo', { deviceName: name, network: moref(target) });
  }
  const group = await readOne(session, target, ['key', 'config.distributedVirtualSwitch'], signal);
  const dvs = reference(group.get('config.distributedVirtualSwitch'));
  const switchUuid = dvs && text((await readOne(session, dvs, ['uuid'], signal)).get('uuid'));
  return typed('VirtualEthernetCardDistributedVirtualPortBackingInfo', {
    port: { switchUuid, portgroupKey: text(group.get('key')) },
  });
}

function movedCard(card: Xml, backing: Xml): Xml {
  const device = typed(xsiType(card) ?? 'VirtualVmxnet3', {
    key: text(card, 'key'),
    backing,
    connectable: CONNECTED_AT_POWER_ON,
    controllerKey: text(card, 'controllerKey'),
    unitNumber: text(card, 'unitNumber'),
    addressType: text(card, 'addressType'),
    macAddress: text(card, 'macAddress'),
  });
  return typed('VirtualDeviceConfigSpec', { operation: 'edit', device });
}

function newCard(backing: Xml): Xml {
  // Keys below zero are for the one message only; vCenter gives the real one.
  const device = typed('VirtualVmxnet3', {
    key: -1,
    backing,
    connectable: CONNECTED_AT_POWER_ON,
    addressType: 'generated',
  });
  return typed('VirtualDeviceConfigSpec', { operation: 'add', device });
}

const CONNECTED_AT_POWER_ON = { startConnected: true, allowGuestControl: true, connected: false };
