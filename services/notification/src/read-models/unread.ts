import type { OperationContext } from '@eaf/messaging';
import type { Kysely } from 'kysely';
import type { NotificationTables } from './tables.js';

/** How much of what was written to this person she has not seen. */
export function unreadOf(sql: Kysely<NotificationTables>, { tenant, actorId }: OperationContext) {
  return sql
    .selectFrom('delivery')
    .select((row) => row.cast<number>(row.fn.countAll(), 'integer').as('unread'))
    .where('tenant_id', '=', tenant)
    .where('person_id', '=', actorId)
    .where('read_at', 'is', null);
}
