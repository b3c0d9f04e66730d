import type { SqlStatement } from '@eaf/tenancy';
import type { Kysely } from 'kysely';
import type { ApprovalTables } from './read-models/tables.js';

/** Our copy of what tenant says about people: ids and roles, no names. */
export function setRoles(
  sql: Kysely<ApprovalTables>,
  tenant: string,
  { personId, roles }: { personId: string; roles: string[] },
): SqlStatement {
  return sql
    .insertInto('person_role')
    .values({ tenant_id: tenant, person_id: personId, roles })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'person_id']).doUpdateSet({ roles }));
}

export function setProjectMember(
  sql: Kysely<ApprovalTables>,
  tenant: string,
  { projectId, personId, lead }: { projectId: string; personId: string; lead: boolean },
): SqlStatement {
  return sql
    .insertInto('project_member')
    .values({ tenant_id: tenant, project_id: projectId, person_id: personId, lead })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'project_id', 'person_id']).doUpdateSet({ lead }));
}

export function removeProjectMember(
  sql: Kysely<ApprovalTables>,
  tenant: string,
  { projectId, personId }: { projectId: string; personId: string },
): SqlStatement {
  return sql
    .deleteFrom('project_member')
    .where('tenant_id', '=', tenant)
    .where('project_id', '=', projectId)
    .where('person_id', '=', personId);
}
