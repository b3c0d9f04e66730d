import { listNotifications } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { Selectable } from 'kysely';
import type { NotificationTables } from '../read-models/tables.js';
import { unreadOf } from '../read-models/unread.js';

/** Who hears what is decided once, by whoever queues a mail: the inbox shows the same deliveries, whatever became of the mail. */
@Controller()
export class ListNotifications {
  constructor(private readonly database: Database<NotificationTables>) {}

  /** Mine alone, also for administrators and auditors. */
  @Handles(listNotifications)
  async handle(
    { cursor, limit }: Input<typeof listNotifications>,
    context: OperationContext,
  ): Promise<Reply<typeof listNotifications>> {
    const { tenant, actorId } = context;
    const { sql } = this.database;
    const [queuedAt, id] = keyOf(cursor, 'time', 'uuid') ?? [];
    let query = sql
      .selectFrom('delivery')
      .select(['id', 'kind', 'request_id', 'variables', 'queued_at', 'read_at'])
      .where('tenant_id', '=', tenant)
      .where('person_id', '=', actorId);
    if (queuedAt && id)
      query = query.where((row) => row(row.refTuple('queued_at', 'id'), '<', row.tuple(new Date(queuedAt), id)));
    const [found, count] = await this.database.flush(tenant, [
      query
        .orderBy('queued_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1),
      unreadOf(sql, context),
    ]);
    const { rows, nextCursor } = pageOf(
      found?.rows as Pick<
        Selectable<NotificationTables['delivery']>,
        'id' | 'kind' | 'request_id' | 'variables' | 'queued_at' | 'read_at'
      >[],
      limit,
      (row) => [row.queued_at.toISOString(), row.id],
    );
    return {
      items: rows.map(({ id: deliveryId, kind, request_id: requestId, variables, queued_at: at, read_at: readAt }) => {
        const who = variables['person:approver'] ?? variables['person:requester'];
        return {
          id: deliveryId,
          kind,
          who: who ? { id: who } : null,
          vmName: variables.vmName ?? '',
          requestId,
          vmId: variables.vmId ?? null,
          reason: variables.reason ?? null,
          at: at.toISOString(),
          readAt: readAt?.toISOString() ?? null,
        };
      }),
      nextCursor,
      unread: (count?.rows[0] as { unread: number }).unread,
    };
  }
}
