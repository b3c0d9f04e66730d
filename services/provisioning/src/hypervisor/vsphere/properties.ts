import type { VSphereSession } from './session.js';
import { child, children, type ManagedObject, moref, reference, text, typed, type Xml } from './xml-values.js';

/** A managed object with the properties asked for; `get` gives undefined for one that is unset or may not be read. */
export type Read = { object: ManagedObject; get: (path: string) => Xml };

/** How to get from the start to the objects: `path` is a property that lists them. */
type Traversal = { type: string; path: string };

const PAGE = 100;

/** Reads properties of objects in few round trips: RetrievePropertiesEx, and its continuation page by page. */
export async function retrieve(session: VSphereSession, specSet: Xml, signal: AbortSignal): Promise<Read[]> {
  const collector = await session.singleton('propertyCollector', signal);
  let response = await session.call(
    'RetrievePropertiesEx',
    collector,
    { specSet, options: { maxObjects: PAGE } },
    signal,
  );
  const found: Read[] = [];
  for (;;) {
    const page = child(response, 'returnval');
    found.push(...children(page, 'objects').flatMap(readObject));
    const token = text(page, 'token');
    if (!token) return found;
    response = await session.call('ContinueRetrievePropertiesEx', collector, { token }, signal);
  }
}

function readObject(content: Xml): Read[] {
  const object = reference(child(content, 'obj'));
  if (!object) return [];
  const values = new Map(children(content, 'propSet').map((p) => [text(p, 'name'), child(p, 'val')]));
  return [{ object, get: (path) => values.get(path) }];
}

/** @throws NotFoundInVCenter the object is gone */
export function readOne(
  session: VSphereSession,
  object: ManagedObject,
  paths: string[],
  signal: AbortSignal,
): Promise<Read> {
  return session.readings.read(object, paths, signal);
}

/** The objects of `type` that a property of `start` lists. */
export async function readListed(
  session: VSphereSession,
  start: ManagedObject,
  via: Traversal,
  type: string,
  paths: string[],
  signal: AbortSignal,
): Promise<Read[]> {
  return await retrieve(session, { propSet: propertySpec(type, paths), objectSet: listedBy(start, via) }, signal);
}

/** All objects of `type` below `container`, however deep. */
export async function readBelow(
  session: VSphereSession,
  container: ManagedObject,
  type: string,
  paths: string[],
  signal: AbortSignal,
): Promise<Read[]> {
  const manager = await session.singleton('viewManager', signal);
  const created = await session.call(
    'CreateContainerView',
    manager,
    { container: moref(container), type, recursive: true },
    signal,
  );
  const view = reference(child(created, 'returnval'));
  if (!view) return [];
  try {
    return await readListed(session, view, { type: 'ContainerView', path: 'view' }, type, paths, signal);
  } finally {
    // A view costs vCenter memory until the session ends; that we could not remove it is no reason to fail.
    await session.call('DestroyView', view, {}, signal).catch(() => undefined);
  }
}

export function propertySpec(type: string, pathSet: string[]): Xml {
  return { type, pathSet };
}

export function listedBy(start: ManagedObject, via: Traversal): Xml {
  return {
    obj: moref(start),
    skip: true,
    selectSet: typed('TraversalSpec', { type: via.type, path: via.path, skip: false }),
  };
}
