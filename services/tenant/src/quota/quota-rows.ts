import type { QuotaAmounts } from '@dvmm/contracts';
import type { SqlStatement } from '@eaf/tenancy';
import type { Kysely, Selectable } from 'kysely';
import type { QuotaRow, TenantTables } from '../read-models/tables.js';

export interface QuotaState {
  readonly projectId: string;
  readonly limits: QuotaAmounts | null;
  readonly used: QuotaAmounts;
  readonly reserved: QuotaAmounts;
}

export function stateOf(row: Selectable<QuotaRow>): QuotaState {
  return {
    projectId: row.project_id,
    limits:
      row.limit_vms === null
        ? null
        : {
            vms: row.limit_vms,
            vcpus: row.limit_vcpus ?? 0,
            memoryMiB: Number(row.limit_memory_mib),
            diskGiB: Number(row.limit_disk_gib),
          },
    used: amounts(row.used_vms, row.used_vcpus, row.used_memory_mib, row.used_disk_gib),
    reserved: amounts(row.reserved_vms, row.reserved_vcpus, row.reserved_memory_mib, row.reserved_disk_gib),
  };
}

/** What one more reservation would do to a quota, dimension by dimension. */
export function effectOf(quota: QuotaState, scope: 'tenant' | 'project', asked: QuotaAmounts) {
  return (Object.keys(asked) as (keyof QuotaAmounts)[]).map((dimension) => {
    const before = quota.used[dimension] + quota.reserved[dimension];
    const after = before + asked[dimension];
    const limit = quota.limits?.[dimension] ?? null;
    return { scope, dimension, limit, before, after, fits: limit === null || after <= limit };
  });
}

/** Lowering a limit below what is in use is allowed: what exists runs on, nothing more is reserved. */
export function setLimits(
  sql: Kysely<TenantTables>,
  tenant: string,
  projectId: string,
  limits: QuotaAmounts | null,
): SqlStatement {
  const columns = {
    limit_vms: limits?.vms ?? null,
    limit_vcpus: limits?.vcpus ?? null,
    limit_memory_mib: limits?.memoryMiB ?? null,
    limit_disk_gib: limits?.diskGiB ?? null,
  };
  return sql
    .insertInto('quota')
    .values({ tenant_id: tenant, project_id: projectId, ...columns } as never)
    .onConflict((conflict) => conflict.columns(['tenant_id', 'project_id']).doUpdateSet(columns));
}

function amounts(vms: number, vcpus: number, memory: string, disk: string): QuotaAmounts {
  return { vms, vcpus, memoryMiB: Number(memory), diskGiB: Number(disk) };
}
