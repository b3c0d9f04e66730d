import { listAudit } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { TenantTables } from '../read-models/tables.js';

@Controller()
export class ListAudit {
  constructor(private readonly database: Database<TenantTables>) {}

  @Handles(listAudit)
  async handle(input: Input<typeof listAudit>, { tenant }: OperationContext): Promise<Reply<typeof listAudit>> {
    const { cursor, limit, from, to, actor, type, before, stream, changesOnly } = input;
    const [last] = keyOf(cursor, 'number') ?? [];
    let query = this.database.sql.selectFrom('audit_entry').selectAll().where('tenant_id', '=', tenant);
    if (last) query = query.where('number', '<', last);
    if (before) query = query.where('number', '<', String(before));
    if (from) query = query.where('time', '>=', new Date(from));
    if (to) query = query.where('time', '<', new Date(to));
    if (actor) query = query.where('actor_id', '=', actor);
    if (type) query = query.where('type', 'like', `${type.replaceAll(/[\\%_]/g, '\\$&')}%`);
    if (changesOnly) query = query.where('stream', 'not like', 'record:sessions:%');
    if (stream) query = query.where('stream', '=', stream);
    const found = await this.database.read(tenant, query.orderBy('number', 'desc').limit(limit + 1));
    const { rows, nextCursor } = pageOf(found, limit, (row) => [row.number]);
    return {
      items: rows.map((row) => ({
        number: Number(row.number),
        time: row.time.toISOString(),
        recordedAt: row.recorded_at.toISOString(),
        eventId: row.event_id,
        type: row.type,
        stream: row.stream,
        actor: { id: row.actor_id },
        correlationId: row.correlation_id,
        data: (JSON.parse(row.envelope.toString()) as { data: unknown }).data,
        hash: row.hash.toString('hex'),
        previous: row.previous.toString('hex'),
      })),
      nextCursor,
    };
  }
}
