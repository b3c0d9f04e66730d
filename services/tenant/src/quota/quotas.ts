import type { QuotaAmounts } from '@dvmm/contracts';
import type { OperationContext } from '@eaf/messaging';
import { Database } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import type { Selectable } from 'kysely';
import { type QuotaRow, type TenantTables, wholeTenant } from '../read-models/tables.js';
import { Records } from '../records.js';
import { stateOf } from './quota-rows.js';

/** Limits, as administrators set and people read them. */
@Injectable()
export class Quotas {
  constructor(
    private readonly database: Database<TenantTables>,
    private readonly records: Records,
  ) {}

  async setLimits(context: OperationContext, projectId: string | null, limits: QuotaAmounts | null): Promise<void> {
    await this.records.decide(context, `quota:${projectId ?? 'tenant'}`, () => [
      { type: 'tenant.quota-set' as const, data: { projectId, limits } },
    ]);
  }

  /** By project id, the tenant's own first. */
  async page(tenant: string, after: string | undefined, limit: number, only?: string) {
    let query = this.database.sql
      .selectFrom('quota')
      .leftJoin('project', (join) =>
        join.onRef('project.tenant_id', '=', 'quota.tenant_id').onRef('project.id', '=', 'quota.project_id'),
      )
      .selectAll('quota')
      .select('project.name')
      .where('quota.tenant_id', '=', tenant);
    if (after) query = query.where('quota.project_id', '>', after);
    if (only) query = query.where('quota.project_id', '=', only);
    const rows = await this.database.read(tenant, query.orderBy('quota.project_id').limit(limit));
    return rows.map((row) => {
      const { projectId, ...amounts } = stateOf(row as Selectable<QuotaRow>);
      return { projectId: projectId === wholeTenant ? null : projectId, projectName: row.name, ...amounts };
    });
  }
}
