/** Where requests for an operation go: `shop.rpc.request.submit`. */
export function operationSubject(prefix: string, operation: string): string {
  return `${prefix}.rpc.${operation}`;
}

/** JetStream stream that holds a context's events: `shop_request`. */
export function streamName(prefix: string, context: string): string {
  return `${prefix}_${context}`;
}

/** All events of a context. */
export function contextSubjects(prefix: string, context: string): string {
  return `${prefix}.${context}.>`;
}

/** All events of a context in one tenant. */
export function tenantSubjects(prefix: string, context: string, tenant: string): string {
  return `${prefix}.${context}.${tenant}.>`;
}

/** Durable consumer of a purpose: `approval`, or `tenant_audit` for a purpose that hears everything. */
export function durableName(service: string, purpose?: string): string {
  return purpose ? `${service}_${purpose}` : service;
}

/** Where live hints go, not stored: `shop.live.request.<tenant>`. */
export function liveSubject(prefix: string, context: string, tenant: string): string {
  return `${prefix}.live.${context}.${tenant}`;
}

/** Rings the relay of a context after a commit. */
export function wakeSubject(prefix: string, context: string): string {
  return `${prefix}.wake.${context}`;
}

/** Where answers to a caller's requests arrive; its own, so that nobody else may listen. */
export function inboxPrefix(user: string): string {
  return `_INBOX.${user}`;
}
