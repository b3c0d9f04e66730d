import { listVms } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { showVm, visibleTo } from '../read-models/vm-list.js';
import type { ProvisioningTables } from '../tables.js';

@Controller()
export class ListVms {
  constructor(private readonly database: Database<ProvisioningTables>) {}

  @Handles(listVms)
  async handle(input: Input<typeof listVms>, context: OperationContext): Promise<Reply<typeof listVms>> {
    const { limit, projectId, power, name } = input;
    const after = keyOf(input.cursor, 'text', 'uuid');
    const rows = await this.database.read(
      context.tenant,
      this.database.sql
        .selectFrom('vm')
        .innerJoin('vcenter', (join) =>
          join.onRef('vcenter.tenant_id', '=', 'vm.tenant_id').onRef('vcenter.id', '=', 'vm.vcenter_id'),
        )
        .selectAll('vm')
        .select('vcenter.last_seen_at as seen_at')
        .where('vm.tenant_id', '=', context.tenant)
        .where('vm.state', '<>', 'decommissioned')
        .where(visibleTo(context))
        .$if(projectId !== undefined, (query) => query.where('vm.project_id', '=', projectId ?? ''))
        .$if(power !== undefined, (query) => query.where('vm.power', '=', power ?? 'unknown'))
        .$if(name !== undefined, (query) =>
          query.where('vm.name', 'like', `%${(name ?? '').toLowerCase().replace(/[\\%_]/g, '\\$&')}%`),
        )
        .$if(after !== undefined, (query) =>
          query.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('vm.name', 'vm.id'), '>', tuple(after?.[0] ?? '', after?.[1] ?? '')),
          ),
        )
        .orderBy('vm.name')
        .orderBy('vm.id')
        .limit(limit + 1),
    );
    const page = pageOf(rows, limit, (row) => [row.name, row.id]);
    return { items: page.rows.map(showVm), nextCursor: page.nextCursor };
  }
}
