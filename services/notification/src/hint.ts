import type { LiveHint } from '@eaf/messaging';

/** One thing a person: however much is written to her at once, her pages ask once. */
export function hintOf(personId: string): LiveHint {
  return { audience: [`person:${personId}`], kind: 'notification', id: personId };
}
