import { listTenants, platformTenant } from '@dvmm/contracts';
import { Handles } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { TenantTables } from '../read-models/tables.js';

@Controller()
export class ListTenants {
  constructor(private readonly database: Database<TenantTables>) {}

  @Handles(listTenants)
  async handle({ cursor, limit }: Input<typeof listTenants>): Promise<Reply<typeof listTenants>> {
    const [after] = keyOf(cursor, 'text') ?? [];
    let query = this.database.sql
      .selectFrom('tenant_registry')
      .select(['id', 'slug', 'name', 'active'])
      .where('tenant_id', '=', platformTenant)
      .where('removal_requested_at', 'is', null);
    if (after) query = query.where('slug', '>', after);
    const found = await this.database.read(platformTenant, query.orderBy('slug').limit(limit + 1));
    const { rows, nextCursor } = pageOf(found, limit, (row) => [row.slug]);
    return { items: rows, nextCursor };
  }
}
