import { listTemplates } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { ProvisioningTables } from '../tables.js';

@Controller()
export class ListTemplates {
  constructor(private readonly database: Database<ProvisioningTables>) {}

  @Handles(listTemplates)
  async handle(
    { cursor, limit }: Input<typeof listTemplates>,
    { tenant }: OperationContext,
  ): Promise<Reply<typeof listTemplates>> {
    const after = keyOf(cursor, 'text', 'uuid');
    const rows = await this.database.read(
      tenant,
      this.database.sql
        .selectFrom('vm_template')
        .selectAll()
        .where('tenant_id', '=', tenant)
        .$if(after !== undefined, (query) =>
          query.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('name', 'id'), '>', tuple(after?.[0] ?? '', after?.[1] ?? '')),
          ),
        )
        .orderBy('name')
        .orderBy('id')
        .limit(limit + 1),
    );
    const page = pageOf(rows, limit, ({ name, id }) => [name, id]);
    return {
      items: page.rows.map(({ id, name, vcenter_id, vcenter_name, guest, login_text }) => ({
        id,
        name,
        vcenterId: vcenter_id,
        vcenterName: vcenter_name,
        guest,
        loginText: login_text,
      })),
      nextCursor: page.nextCursor,
    };
  }
}
