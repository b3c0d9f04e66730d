import { NameTaken } from '../faults.js';
import { findChild, vmFolder } from './inventory-paths.js';
import type { VSphereSession } from './session.js';
import { child, type ManagedObject, reference } from './xml-values.js';

export async function ensureFolder(session: VSphereSession, signal: AbortSignal): Promise<void> {
  let parent = await vmFolder(session, signal);
  for (const name of session.connection.placement.folder.split('/'))
    parent = await ensureChild(session, parent, name, signal);
}

async function ensureChild(
  session: VSphereSession,
  parent: ManagedObject,
  name: string,
  signal: AbortSignal,
): Promise<ManagedObject> {
  const there = await findChild(session, parent, name, signal);
  if (there) return there;
  try {
    const made = reference(child(await session.call('CreateFolder', parent, { name }, signal), 'returnval'));
    if (made) return made;
  } catch (error) {
    if (!(error instanceof NameTaken)) throw error; // Another replica made it in between.
  }
  const now = await findChild(session, parent, name, signal);
  if (!now) throw new NameTaken(name);
  return now;
}
