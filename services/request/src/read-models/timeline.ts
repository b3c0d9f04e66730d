import type { Recorded } from '@eaf/messaging/contract';
import type { SqlStatement } from '@eaf/tenancy';
import type { Kysely } from 'kysely';
import type { RequestTables } from './tables.js';

/** One line of a request's timeline. `what` is the event's type; `why` a sealed text of the person behind it. */
export function timelineRow(
  sql: Kysely<RequestTables>,
  event: Recorded,
  requestId: string,
  detail: Record<string, unknown> = {},
  why: string | null = null,
): SqlStatement {
  return sql
    .insertInto('request_timeline')
    .values({
      tenant_id: event.tenant,
      request_id: requestId,
      event_id: event.id,
      at: event.time,
      what: event.type,
      who: typeof detail.by === 'string' ? detail.by : event.actorId,
      detail: JSON.stringify(detail),
      why,
    })
    .onConflict((conflict) => conflict.doNothing());
}
