import { listSizes } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { specOf } from '../read-models/size-spec.js';
import type { TenantTables } from '../read-models/tables.js';

@Controller()
export class ListSizes {
  constructor(private readonly database: Database<TenantTables>) {}

  /** Smallest first. */
  @Handles(listSizes)
  async handle(
    { cursor, limit }: Input<typeof listSizes>,
    { tenant }: OperationContext,
  ): Promise<Reply<typeof listSizes>> {
    const [cost, key] = keyOf(cursor, 'number', 'text') ?? [];
    let query = this.database.sql.selectFrom('size').selectAll().where('tenant_id', '=', tenant);
    if (cost && key)
      query = query.where((row) => row(row.refTuple('monthly_cost_cents', 'key'), '>', row.tuple(Number(cost), key)));
    const found = await this.database.read(
      tenant,
      query
        .orderBy('monthly_cost_cents')
        .orderBy('key')
        .limit(limit + 1),
    );
    const { rows, nextCursor } = pageOf(found, limit, (row) => [String(row.monthly_cost_cents), row.key]);
    return { items: rows.map(specOf), nextCursor };
  }
}
