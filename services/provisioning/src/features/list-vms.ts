import { listVms } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { type Selectable, sql } from 'kysely';
import { showVm, visibleTo } from '../read-models/vm-list.js';
import type { ProvisioningTables, VmTable } from '../tables.js';

type Sort = Input<typeof listVms>['sort'];

/** What is compared. A price as text of one length compares like a number, and a cursor may hold any of it. */
const sortedBy = {
  name: sql<string>`vm.name`,
  project: sql<string>`vm.project_name`,
  power: sql<string>`vm.power`,
  cost: sql<string>`lpad(vm.size->>'monthlyCostCents', 10, '0')`,
  created: sql<Date>`vm.created_at`,
};

@Controller()
export class ListVms {
  constructor(private readonly database: Database<ProvisioningTables>) {}

  @Handles(listVms)
  async handle(input: Input<typeof listVms>, context: OperationContext): Promise<Reply<typeof listVms>> {
    const { limit, projectId, power, missing, name, sort, descending } = input;
    const [after, id] =
      (sort === 'created' ? keyOf(input.cursor, 'time', 'uuid') : keyOf(input.cursor, 'text', 'uuid')) ?? [];
    const key = sortedBy[sort];
    const direction = descending ? 'desc' : 'asc';
    const beyond = descending
      ? sql<boolean>`(${key}, vm.id) < (${after}, ${id}::uuid)`
      : sql<boolean>`(${key}, vm.id) > (${after}, ${id}::uuid)`;
    const all = this.database.sql
      .selectFrom('vm')
      .where('vm.tenant_id', '=', context.tenant)
      .where('vm.state', '<>', 'decommissioned')
      .where(visibleTo(context))
      .$if(projectId !== undefined, (query) => query.where('vm.project_id', '=', projectId ?? ''))
      .$if(power !== undefined, (query) => query.where('vm.power', '=', power ?? 'unknown'))
      .$if(missing === true, (query) => query.where('vm.missing_since', 'is not', null))
      .$if(name !== undefined, (query) =>
        query.where('vm.name', 'like', `%${(name ?? '').toLowerCase().replace(/[\\%_]/g, '\\$&')}%`),
      );
    const page = all
      .innerJoin('vcenter', (join) =>
        join.onRef('vcenter.tenant_id', '=', 'vm.tenant_id').onRef('vcenter.id', '=', 'vm.vcenter_id'),
      )
      .selectAll('vm')
      .select('vcenter.last_seen_at as seen_at')
      .$if(after !== undefined, (query) => query.where(beyond))
      .orderBy(key, direction)
      .orderBy('vm.id', direction)
      .limit(limit + 1);
    const count = all.select((row) => row.fn.countAll<string>().as('total'));
    const [found, counted] = await this.database.flush(context.tenant, [page, count]);
    const rows = (found?.rows ?? []) as (Selectable<VmTable> & { seen_at: Date | null })[];
    const { rows: shown, nextCursor } = pageOf(rows, limit, (row) => [keyOfRow(row, sort), row.id]);
    return { items: shown.map(showVm), nextCursor, total: Number(counted?.rows[0]?.total ?? 0) };
  }
}

function keyOfRow(row: Selectable<VmTable>, sort: Sort): string {
  switch (sort) {
    case 'name':
      return row.name;
    case 'project':
      return row.project_name;
    case 'power':
      return row.power;
    case 'cost':
      return String(row.size.monthlyCostCents).padStart(10, '0');
    case 'created':
      return row.created_at.toISOString();
  }
}
