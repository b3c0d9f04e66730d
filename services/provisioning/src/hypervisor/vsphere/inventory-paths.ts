import { NotFoundInVCenter } from '../faults.js';
import { readListed, readOne } from './properties.js';
import type { VSphereSession } from './session.js';
import { child, type ManagedObject, moref, reference, text } from './xml-values.js';

/** The object at an inventory path such as `DC0/vm/nordwind`. */
export async function findByPath(
  session: VSphereSession,
  inventoryPath: string,
  signal: AbortSignal,
): Promise<ManagedObject | undefined> {
  const index = await session.singleton('searchIndex', signal);
  return reference(child(await session.call('FindByInventoryPath', index, { inventoryPath }, signal), 'returnval'));
}

/** A direct child of a folder, by name. */
export async function findChild(
  session: VSphereSession,
  parent: ManagedObject,
  name: string,
  signal: AbortSignal,
): Promise<ManagedObject | undefined> {
  const index = await session.singleton('searchIndex', signal);
  const answer = await session.call('FindChild', index, { entity: moref(parent), name }, signal);
  return reference(child(answer, 'returnval'));
}

export async function datacenter(session: VSphereSession, signal: AbortSignal): Promise<ManagedObject> {
  const name = session.connection.placement.datacenter;
  const lookUp = async (shared: AbortSignal) =>
    (await findByPath(session, name, shared)) ?? missing('datacenter', name);
  return session.remember('datacenter', lookUp, signal);
}

/** The tenant's one fixed folder, in which a name exists once. */
export async function tenantFolder(session: VSphereSession, signal: AbortSignal): Promise<ManagedObject> {
  const { datacenter, folder } = session.connection.placement;
  const lookUp = async (shared: AbortSignal) =>
    (await findByPath(session, `${datacenter}/vm/${folder}`, shared)) ?? missing('folder', folder);
  return session.remember('folder', lookUp, signal);
}

export async function resourcePool(session: VSphereSession, signal: AbortSignal): Promise<ManagedObject> {
  const { datacenter, resourcePool } = session.connection.placement;
  const lookUp = async (shared: AbortSignal) =>
    (await findByPath(session, `${datacenter}/host/${resourcePool}`, shared)) ?? missing('resource pool', resourcePool);
  return session.remember('resource pool', lookUp, signal);
}

export async function datastore(session: VSphereSession, signal: AbortSignal): Promise<ManagedObject> {
  const { datastore } = session.connection.placement;
  return listedInDatacenter(session, 'datastore', 'Datastore', datastore, signal);
}

export async function network(session: VSphereSession, name: string, signal: AbortSignal): Promise<ManagedObject> {
  return listedInDatacenter(session, 'network', 'Network', name, signal);
}

/** Read from the datacenter and not by path, because both may lie in folders and their names are unique without. */
function listedInDatacenter(
  session: VSphereSession,
  kind: 'datastore' | 'network',
  type: string,
  name: string,
  signal: AbortSignal,
): Promise<ManagedObject> {
  const lookUp = async (shared: AbortSignal) => {
    const listed = { type: 'Datacenter', path: kind };
    const all = await readListed(session, await datacenter(session, shared), listed, type, ['name'], shared);
    return all.find((one) => text(one.get('name')) === name)?.object ?? missing(kind, name);
  };
  return session.remember(`${kind} ${name}`, lookUp, signal);
}

/** The datacenter's VM folder, under which tenants' folders lie. */
export async function vmFolder(session: VSphereSession, signal: AbortSignal): Promise<ManagedObject> {
  const read = await readOne(session, await datacenter(session, signal), ['vmFolder'], signal);
  return reference(read.get('vmFolder')) ?? missing('folder', 'vm');
}

function missing(kind: NotFoundInVCenter['kind'], name: string): never {
  throw new NotFoundInVCenter(kind, name);
}
