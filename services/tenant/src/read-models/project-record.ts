import type { Recorded } from '@eaf/messaging/contract';
import type { SqlStatement } from '@eaf/tenancy';
import type { Kysely } from 'kysely';
import type { RecordFact } from '../domain/records.js';
import { setLimits } from '../quota/quota-rows.js';
import { type TenantTables, wholeTenant } from './tables.js';

/** The rows that follow from a record's new fact. Names and addresses are no facts: the directory keeps them. */
export function projectRecord(event: Recorded<RecordFact>, sql: Kysely<TenantTables>): SqlStatement[] {
  const tenant_id = event.tenant;
  switch (event.type) {
    case 'tenant.member-joined':
    case 'tenant.roles-changed': {
      const { personId, roles } = event.data;
      return [
        sql
          .insertInto('member')
          .values({ tenant_id, person_id: personId, roles })
          .onConflict((conflict) => conflict.columns(['tenant_id', 'person_id']).doUpdateSet({ roles })),
      ];
    }
    case 'tenant.project-created':
      return [
        sql.insertInto('project').values({ tenant_id, id: event.data.projectId, name: event.data.name }),
        setLimits(sql, tenant_id, event.data.projectId, null),
      ];
    case 'tenant.project-member-set': {
      const { projectId, personId, lead } = event.data;
      return [
        sql
          .insertInto('project_member')
          .values({ tenant_id, project_id: projectId, person_id: personId, lead })
          .onConflict((conflict) => conflict.columns(['tenant_id', 'project_id', 'person_id']).doUpdateSet({ lead })),
      ];
    }
    case 'tenant.project-member-removed':
      return [
        sql
          .deleteFrom('project_member')
          .where('tenant_id', '=', tenant_id)
          .where('project_id', '=', event.data.projectId)
          .where('person_id', '=', event.data.personId),
      ];
    case 'tenant.size-defined': {
      const { key, vcpus, memoryMiB, diskGiB, monthlyCostCents, currency } = event.data;
      const spec = { vcpus, memory_mib: memoryMiB, disk_gib: diskGiB, monthly_cost_cents: monthlyCostCents, currency };
      return [
        sql
          .insertInto('size')
          .values({ tenant_id, key, ...spec })
          .onConflict((conflict) => conflict.columns(['tenant_id', 'key']).doUpdateSet(spec)),
      ];
    }
    case 'tenant.quota-set':
      return [setLimits(sql, tenant_id, event.data.projectId ?? wholeTenant, event.data.limits)];
    default:
      return [];
  }
}
