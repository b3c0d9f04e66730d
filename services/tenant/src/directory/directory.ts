import type { Language, Role } from '@dvmm/contracts';
import { platformTenant } from '@dvmm/contracts';
import { Database, type SqlStatement } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import type { TenantTables } from '../read-models/tables.js';

export interface Membership {
  readonly tenantId: string;
  readonly slug: string;
  readonly name: string;
  readonly roles: Role[];
  readonly active: boolean;
  readonly language: Language;
  readonly timeZone: string | null;
  readonly leftGuides: Role[];
  readonly projects: { id: string; name: string; lead: boolean }[];
}

/** People of a tenant, their roles and projects, as they are now. */
@Injectable()
export class Directory {
  constructor(private readonly database: Database<TenantTables>) {}

  async membershipOf(tenant: string, personId: string): Promise<Membership | undefined> {
    const { sql } = this.database;
    const [[members, projects], [registry]] = await Promise.all([
      this.database.flush(tenant, [
        sql
          .selectFrom('member')
          .innerJoin('person', (join) =>
            join.onRef('person.tenant_id', '=', 'member.tenant_id').onRef('person.id', '=', 'member.person_id'),
          )
          .select([
            'member.roles',
            'person.language',
            'person.time_zone as timeZone',
            'person.left_guides as leftGuides',
          ])
          .where('member.tenant_id', '=', tenant)
          .where('member.person_id', '=', personId),
        sql
          .selectFrom('project_member')
          .innerJoin('project', (join) =>
            join
              .onRef('project.tenant_id', '=', 'project_member.tenant_id')
              .onRef('project.id', '=', 'project_member.project_id'),
          )
          .select(['project.id', 'project.name', 'project_member.lead'])
          .where('project_member.tenant_id', '=', tenant)
          .where('project_member.person_id', '=', personId)
          .orderBy('project.name'),
      ]),
      this.database.read(
        platformTenant,
        sql
          .selectFrom('tenant_registry')
          .select(['slug', 'name', 'active'])
          .where('tenant_id', '=', platformTenant)
          .where('id', '=', tenant)
          // Nobody belongs to what is being removed.
          .where('removal_requested_at', 'is', null),
      ),
    ]);
    const member = members?.rows[0] as Pick<Membership, 'roles' | 'language' | 'timeZone' | 'leftGuides'> | undefined;
    if (!member) return undefined;
    const platform = { slug: 'platform', name: 'Plattform', active: true };
    const about = tenant === platformTenant ? platform : registry;
    return about && { tenantId: tenant, ...about, ...member, projects: projects?.rows as Membership['projects'] };
  }

  /** Name and address as the identity provider has them now. The language stays as the person chose it. */
  enter(
    tenant: string,
    person: { id: string; name: string; email: string | null; language: Language; wrappedKey: string },
  ): SqlStatement {
    const { id, name, email, language, wrappedKey } = person;
    return this.database.sql
      .insertInto('person')
      .values({ tenant_id: tenant, id, name, email, language, wrapped_key: wrappedKey })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet({ name, email }));
  }

  async refresh(tenant: string, person: { id: string; name: string; email: string | null }): Promise<void> {
    await this.database.flush(tenant, [
      this.database.sql
        .updateTable('person')
        .set({ name: person.name, email: person.email })
        .where('tenant_id', '=', tenant)
        .where('id', '=', person.id),
    ]);
  }
}
