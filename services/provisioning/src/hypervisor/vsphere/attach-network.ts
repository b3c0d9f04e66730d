import type { TaskRef, VmComparison, VmOwner, VmRef } from '../hypervisor.js';
import { firstCard, isPluggedInto, movedCard, newCard, type Plug, plugOf } from './network-card.js';
import { DEVICES, ownVm } from './own-vm.js';
import type { Read } from './properties.js';
import type { VSphereSession } from './session.js';
import { startedTask } from './started-task.js';
import type { Xml } from './xml-values.js';

export async function attachNetwork(
  session: VSphereSession,
  vm: VmRef | VmComparison,
  owner: VmOwner,
  name: string,
  signal: AbortSignal,
): Promise<TaskRef | undefined> {
  const [read, plug] = await Promise.all([ownVm(session, vm, owner, signal), plugOf(session, name, signal)]);
  const deviceChange = networkChange(read, plug);
  if (!deviceChange) return undefined;
  return startedTask(await session.call('ReconfigVM_Task', read.object, { spec: { deviceChange } }, signal));
}

/** The change that brings the first card into the network; undefined when it is there. */
export function networkChange(read: Read, plug: Plug): Xml {
  const card = firstCard(read.get(DEVICES));
  if (!card) return newCard(plug);
  return isPluggedInto(card, plug) ? undefined : movedCard(card, plug, { keepMac: true });
}
