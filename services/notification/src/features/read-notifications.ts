import { readNotifications } from '@dvmm/contracts';
import { Handles, Live, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { sql as raw } from 'kysely';
import { hintOf } from '../hint.js';
import type { NotificationTables } from '../read-models/tables.js';
import { unreadOf } from '../read-models/unread.js';

/** Notes it in the rows of whoever asks; her other pages hear of it. */
@Controller()
export class ReadNotifications {
  constructor(
    private readonly database: Database<NotificationTables>,
    private readonly live: Live,
  ) {}

  @Handles(readNotifications)
  async handle(
    { requestId }: Input<typeof readNotifications>,
    context: OperationContext,
  ): Promise<Reply<typeof readNotifications>> {
    const { tenant, actorId } = context;
    const { sql } = this.database;
    const unread = sql
      .updateTable('delivery')
      .set({ read_at: raw<Date>`now()` })
      .where('tenant_id', '=', tenant)
      .where('person_id', '=', actorId)
      .where('read_at', 'is', null);
    const [read, left] = await this.database.flush(tenant, [
      requestId ? unread.where('request_id', '=', requestId) : unread,
      unreadOf(sql, context),
    ]);
    if (read?.rowCount) this.live.tell(tenant, hintOf(actorId));
    return { unread: (left?.rows[0] as { unread: number }).unread };
  }
}
