import { listVCenters } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { showVCenter } from '../read-models/vcenter-list.js';
import type { ProvisioningTables } from '../tables.js';

@Controller()
export class ListVCenters {
  constructor(private readonly database: Database<ProvisioningTables>) {}

  @Handles(listVCenters)
  async handle(
    { cursor, limit }: Input<typeof listVCenters>,
    { tenant }: OperationContext,
  ): Promise<Reply<typeof listVCenters>> {
    const after = keyOf(cursor, 'text');
    const rows = await this.database.read(
      tenant,
      this.database.sql
        .selectFrom('vcenter')
        .selectAll()
        .where('tenant_id', '=', tenant)
        .$if(after !== undefined, (query) => query.where('name', '>', after?.[0] ?? ''))
        .orderBy('name')
        .limit(limit + 1),
    );
    const page = pageOf(rows, limit, ({ name }) => [name]);
    return { items: page.rows.map(showVCenter), nextCursor: page.nextCursor };
  }
}
