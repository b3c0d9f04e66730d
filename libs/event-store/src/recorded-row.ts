import type { Recorded } from '@eaf/messaging/contract';

/** Columns of a recorded event, in every query that reads the log. */
export const eventColumns =
  'tenant_id, stream, version, id, type, type_version, data, actor_id, correlation_id, causation_id, traceparent, time, recorded_at, backdated_seconds';

export interface EventRow {
  tenant_id: string;
  stream: string;
  version: number;
  id: string;
  type: string;
  type_version: number;
  data: unknown;
  actor_id: string;
  correlation_id: string;
  causation_id: string | null;
  traceparent: string | null;
  time: Date;
  recorded_at: Date;
  backdated_seconds: number | null;
}

export function toRecorded(row: EventRow): Recorded {
  return {
    id: row.id,
    type: row.type,
    typeVersion: row.type_version,
    data: row.data,
    tenant: row.tenant_id,
    stream: row.stream,
    version: row.version,
    actorId: row.actor_id,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    traceparent: row.traceparent,
    time: row.time,
    recordedAt: row.recorded_at,
    backdatedSeconds: row.backdated_seconds ?? undefined,
  };
}
