import type { SizeSpec } from '@dvmm/contracts';
import type { TenantTables } from './tables.js';

export function specOf(row: TenantTables['size']): SizeSpec {
  return {
    key: row.key,
    vcpus: row.vcpus,
    memoryMiB: row.memory_mib,
    diskGiB: row.disk_gib,
    monthlyCostCents: row.monthly_cost_cents,
    currency: row.currency,
  };
}
