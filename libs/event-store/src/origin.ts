import type { Reaction } from '@eaf/messaging/contract';

export type { Reaction };

/** Where a change comes from: stored with every event, and what makes the command idempotent. */
export interface Origin {
  readonly tenant: string;
  /** Principal id, or `system:<service>`. */
  readonly actorId: string;
  readonly correlationId: string;
  readonly causationId?: string | undefined;
  readonly traceparent?: string | undefined;
  /**
   * How far back the story plays that this belongs to: `now` of every decision is the database's clock less that. What
   * follows from it inherits it. Absent: now. `recordedAt` is true all the same.
   */
  readonly backdatedSeconds?: number | undefined;
  readonly idempotency?: Idempotency | undefined;
}

export interface Idempotency {
  readonly operation: string;
  readonly key: string;
  /** Keyed hash of the input as it arrived, so that the same key with another input is found out. */
  readonly inputHash: string;
}

/** The same for a part of a command whose reply is not to be kept under its key, as it may turn out otherwise next time. */
export function withoutKey<From extends Origin>(origin: From): From {
  return { ...origin, idempotency: undefined };
}

/** The origin of what a service does in answer to an event. */
export function originOf(reaction: Reaction, service: string): Origin {
  const { event } = reaction;
  return {
    tenant: event.tenant,
    actorId: `system:${service}`,
    correlationId: event.correlationId,
    causationId: event.id,
    traceparent: event.traceparent ?? undefined,
    backdatedSeconds: event.backdatedSeconds,
  };
}
