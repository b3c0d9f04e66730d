import { replaceMarked } from '@eaf/messaging';
import { isPersonRef, isSealed, type PersonRef } from '@eaf/messaging/contract';
import type { z } from 'zod';
import type { Directory } from './directory.js';

/**
 * Adds to a reply what services do not know: the names of people and what they wrote (D7). Where to add follows from
 * the operation's schema, so no route has code of its own. An erased person stays without a name, her text is null.
 */
export async function compose(
  schema: z.ZodType,
  reply: unknown,
  directory: Directory,
  about: { tenant: string; correlationId: string },
): Promise<unknown> {
  const ids = new Set<string>();
  const sealed = new Set<string>();
  replaceMarked(schema, reply, isPersonRef, (person) => {
    const { id } = person as PersonRef;
    // Services act too, as `system:<service>`; they are in no directory.
    if (!id.startsWith('system:')) ids.add(id);
    return person;
  });
  replaceMarked(schema, reply, isSealed, (text) => {
    sealed.add(text as string);
    return text;
  });
  if (ids.size === 0 && sealed.size === 0) return reply;
  const { names, texts } = await directory.resolve(ids, sealed, about);
  const named = replaceMarked(schema, reply, isPersonRef, (person) => {
    const { id } = person as PersonRef;
    const name = names.get(id);
    return name ? { id, name } : { id };
  });
  return replaceMarked(schema, named, isSealed, (text) => texts.get(text as string) ?? null);
}
