import type { PolicyStage } from '@dvmm/contracts';
import { Database } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import type { Electorate } from './domain/electorate.js';
import type { ApprovalTables } from './read-models/tables.js';

/** Who fits which stage now, from our copy of tenant's roles. */
@Injectable()
export class Electorates {
  constructor(private readonly database: Database<ApprovalTables>) {}

  /** @param projectId null: leads of any project count, as when a policy for the whole tenant is looked at */
  async of(
    tenant: string,
    stages: readonly PolicyStage[],
    projectId: string | null,
  ): Promise<
    Electorate & { /** By stage: named in person, but of no tenant of ours. */ readonly unknown: string[][] }
  > {
    const { sql } = this.database;
    let leads = sql
      .selectFrom('project_member')
      .select('person_id')
      .distinct()
      .where('tenant_id', '=', tenant)
      .where('lead', '=', true);
    if (projectId) leads = leads.where('project_id', '=', projectId);
    const [roles, leading] = await this.database.flush(tenant, [
      sql.selectFrom('person_role').select(['person_id', 'roles']).where('tenant_id', '=', tenant),
      leads,
    ]);
    const people = roles?.rows as { person_id: string; roles: string[] }[];
    const having = (role: string) =>
      people.filter((person) => person.roles.includes(role)).map((person) => person.person_id);
    const leadIds = (leading?.rows as { person_id: string }[]).map((row) => row.person_id);
    // Somebody named in person must still belong to the tenant.
    const belongs = (id: string) => people.some((person) => person.person_id === id);
    const named = (id: string) => (belongs(id) ? [id] : []);
    return {
      stages: stages.map(({ approvers }) =>
        approvers.flatMap((who) =>
          'personId' in who ? named(who.personId) : who.of === 'project' ? leadIds : having(who.role),
        ),
      ),
      unknown: stages.map(({ approvers }) =>
        approvers.flatMap((who) => ('personId' in who && !belongs(who.personId) ? [who.personId] : [])),
      ),
      administrators: having('tenant-admin'),
    };
  }
}
