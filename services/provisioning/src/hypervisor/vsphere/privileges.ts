import type { VSphereSession } from './session.js';
import { child, children, flag, type ManagedObject, moref, reference, text } from './xml-values.js';

/** What a run needs on the tenant's folder; docs of the connection list the same. Pool, datastore and network have one each. */
const NEEDED = [
  'System.Read',
  'Folder.Create',
  'VirtualMachine.Inventory.CreateFromExisting',
  'VirtualMachine.Inventory.Delete',
  'VirtualMachine.Config.CPUCount',
  'VirtualMachine.Config.Memory',
  'VirtualMachine.Config.DiskExtend',
  'VirtualMachine.Config.EditDevice',
  'VirtualMachine.Config.AdvancedConfig',
  'VirtualMachine.Provisioning.Customize',
  'VirtualMachine.Interact.PowerOn',
  'VirtualMachine.Interact.PowerOff',
  'VirtualMachine.Interact.Reset',
];

/** Asks vCenter, as the logged-in user's session, which of the needed privileges it lacks. */
export async function missingPrivileges(
  session: VSphereSession,
  folder: ManagedObject,
  signal: AbortSignal,
): Promise<string[]> {
  const manager = await session.singleton('authorizationManager', signal);
  const args = { entities: [moref(folder)], userName: await session.userName(signal), privId: NEEDED };
  const answer = await session.call('HasUserPrivilegeOnEntities', manager, args, signal);
  const entity = children(answer, 'returnval').find((one) => reference(child(one, 'entity'))?.value === folder.value);
  const granted = children(entity, 'privAvailability').filter((one) => flag(one, 'isGranted'));
  const names = new Set(granted.map((one) => text(one, 'privId')));
  return NEEDED.filter((privilege) => !names.has(privilege));
}
