import type { LiveHint } from '@eaf/messaging';

/** Whoever may see the request in lists hears that it changed. */
export function hintOf(requestId: string, requesterId: string, projectId: string): LiveHint {
  return {
    audience: [`person:${requesterId}`, `project:${projectId}`, 'role:tenant-admin', 'role:auditor'],
    kind: 'request',
    id: requestId,
  };
}
