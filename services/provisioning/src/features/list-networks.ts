import { listNetworks } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { sizeOfPool } from '../domain/address-pool.js';
import type { ProvisioningTables } from '../tables.js';

@Controller()
export class ListNetworks {
  constructor(private readonly database: Database<ProvisioningTables>) {}

  @Handles(listNetworks)
  async handle(
    { cursor, limit }: Input<typeof listNetworks>,
    { tenant }: OperationContext,
  ): Promise<Reply<typeof listNetworks>> {
    const after = keyOf(cursor, 'text', 'uuid');
    const rows = await this.database.read(
      tenant,
      this.database.sql
        .selectFrom('network')
        .selectAll('network')
        .select(({ selectFrom, fn }) =>
          selectFrom('address_hold')
            .select(fn.countAll<string>().as('held'))
            .whereRef('address_hold.tenant_id', '=', 'network.tenant_id')
            .whereRef('address_hold.network_id', '=', 'network.id')
            .as('held'),
        )
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
      items: page.rows.map(({ id, name, vcenter_id, vcenter_name, addressing, held }) => ({
        id,
        name,
        vcenterId: vcenter_id,
        vcenterName: vcenter_name,
        addressing,
        freeAddresses: addressing.mode === 'static' ? Math.max(0, sizeOfPool(addressing) - Number(held)) : null,
      })),
      nextCursor: page.nextCursor,
    };
  }
}
