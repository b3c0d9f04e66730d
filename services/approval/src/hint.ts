import type { LiveHint } from '@eaf/messaging';

export function hintOf(requestId: string, personIds: readonly string[]): LiveHint {
  const people = [...new Set(personIds)].map((id) => `person:${id}`);
  return { audience: [...people, 'role:tenant-admin', 'role:auditor'], kind: 'approval', id: requestId };
}
