import { listDeliveries, seesAll } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { NotificationTables } from '../read-models/tables.js';

@Controller()
export class ListDeliveries {
  constructor(private readonly database: Database<NotificationTables>) {}

  /** Mine; for administrators and auditors all. */
  @Handles(listDeliveries)
  async handle(input: Input<typeof listDeliveries>, context: OperationContext): Promise<Reply<typeof listDeliveries>> {
    const { tenant, actorId } = context;
    const { cursor, limit, requestId, state } = input;
    const [queuedAt, id] = keyOf(cursor, 'time', 'uuid') ?? [];
    let query = this.database.sql.selectFrom('delivery').selectAll().where('tenant_id', '=', tenant);
    if (!seesAll(context)) query = query.where('person_id', '=', actorId);
    if (requestId) query = query.where('request_id', '=', requestId);
    if (state) query = query.where('state', '=', state);
    if (queuedAt && id)
      query = query.where((row) => row(row.refTuple('queued_at', 'id'), '<', row.tuple(new Date(queuedAt), id)));
    const found = await this.database.read(
      tenant,
      query
        .orderBy('queued_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1),
    );
    const { rows, nextCursor } = pageOf(found, limit, (row) => [row.queued_at.toISOString(), row.id]);
    return {
      items: rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        to: { id: row.person_id },
        requestId: row.request_id,
        state: row.state,
        attempts: row.attempts,
        messageId: row.message_id,
        queuedAt: row.queued_at.toISOString(),
        sentAt: row.sent_at?.toISOString() ?? null,
        lastError: row.last_error,
      })),
      nextCursor,
    };
  }
}
