import { listRemovals, platformTenant } from '@dvmm/contracts';
import { Handles } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { TenantTables } from '../read-models/tables.js';
import { showRemoval } from '../removals.js';

@Controller()
export class ListRemovals {
  constructor(private readonly database: Database<TenantTables>) {}

  @Handles(listRemovals)
  async handle({ cursor, limit }: Input<typeof listRemovals>): Promise<Reply<typeof listRemovals>> {
    const [at = '', id = ''] = keyOf(cursor, 'time', 'uuid') ?? [];
    const found = await this.database.read(
      platformTenant,
      this.database.sql
        .selectFrom('tenant_registry')
        .selectAll()
        .where('tenant_id', '=', platformTenant)
        .where('removal_requested_at', 'is not', null)
        .$if(at !== '', (query) =>
          query.where((row) => row(row.refTuple('removal_requested_at', 'id'), '<', row.tuple(new Date(at), id))),
        )
        .orderBy('removal_requested_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1),
    );
    const { rows, nextCursor } = pageOf(found, limit, (row) => [row.removal_requested_at?.toISOString() ?? '', row.id]);
    return { items: rows.map(showRemoval), nextCursor };
  }
}
