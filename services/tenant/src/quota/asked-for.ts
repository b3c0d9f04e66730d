import type { SizeSpec } from '@dvmm/contracts';
import type { OperationContext } from '@eaf/messaging';
import { type Refusal, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import type { Selectable } from 'kysely';
import { specOf } from '../read-models/size-spec.js';
import { type QuotaRow, type TenantTables, wholeTenant } from '../read-models/tables.js';
import { type QuotaState, stateOf } from './quota-rows.js';

export interface Priced {
  readonly project: { readonly id: string; readonly name: string };
  readonly size: SizeSpec;
  readonly tenantQuota: QuotaState;
  readonly projectQuota: QuotaState;
}

type NotPriced =
  | Refusal<'project.not-found', Record<string, never>>
  | Refusal<'project.not-a-member', { project: string }>
  | Refusal<'size.unknown', { size: string }>;

/** Project, size and quotas that a request is about, in one round trip. */
@Injectable()
export class AskedFor {
  constructor(private readonly database: Database<TenantTables>) {}

  async price({ tenant, actorId }: OperationContext, projectId: string, sizeKey: string): Promise<Priced | NotPriced> {
    const { sql } = this.database;
    const [projects, members, sizes, quotas] = await this.database.flush(tenant, [
      sql.selectFrom('project').select(['id', 'name']).where('tenant_id', '=', tenant).where('id', '=', projectId),
      sql
        .selectFrom('project_member')
        .select('lead')
        .where('tenant_id', '=', tenant)
        .where('project_id', '=', projectId)
        .where('person_id', '=', actorId),
      sql.selectFrom('size').selectAll().where('tenant_id', '=', tenant).where('key', '=', sizeKey),
      sql
        .selectFrom('quota')
        .selectAll()
        .where('tenant_id', '=', tenant)
        .where('project_id', 'in', [wholeTenant, projectId]),
    ]);
    const project = projects?.rows[0] as { id: string; name: string } | undefined;
    if (!project) return refuse('project.not-found');
    if (members?.rowCount !== 1) return refuse('project.not-a-member', { project: project.name });
    const size = sizes?.rows[0] as TenantTables['size'] | undefined;
    if (!size) return refuse('size.unknown', { size: sizeKey });
    const states = (quotas?.rows as Selectable<QuotaRow>[]).map(stateOf);
    const stateFor = (id: string) => {
      const state = states.find((one) => one.projectId === id);
      if (!state) throw new Error(`Tenant ${tenant} has no quota row for ${id}`);
      return state;
    };
    return { project, size: specOf(size), tenantQuota: stateFor(wholeTenant), projectQuota: stateFor(projectId) };
  }
}
