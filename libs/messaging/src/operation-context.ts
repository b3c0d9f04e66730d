/** Who asks for what, verified. Fits the event store's `Origin`. */
export interface OperationContext {
  readonly tenant: string;
  /** Principal id, or `system:<service>`. */
  readonly actorId: string;
  readonly roles: readonly string[];
  /** What the person belongs to, such as `project:<id>`. */
  readonly scopes: readonly string[];
  /** The service that asked. */
  readonly caller: string;
  readonly operation: string;
  readonly correlationId: string;
  readonly causationId?: string | undefined;
  readonly traceparent?: string | undefined;
  /** How far back it plays; absent: now. */
  readonly backdatedSeconds?: number | undefined;
  readonly idempotency?: { readonly operation: string; readonly key: string; readonly inputHash: string } | undefined;
}

/** On whose behalf a service asks another. An {@link OperationContext} is one. */
export interface AskingFor {
  readonly tenant: string;
  readonly actorId: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  readonly correlationId: string;
  readonly causationId?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly backdatedSeconds?: number | undefined;
}
