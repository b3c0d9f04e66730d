import { listMembers, type Role } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { sql } from 'kysely';
import type { TenantTables } from '../read-models/tables.js';

@Controller()
export class ListMembers {
  constructor(private readonly database: Database<TenantTables>) {}

  @Handles(listMembers)
  async handle(
    { cursor, limit }: Input<typeof listMembers>,
    { tenant }: OperationContext,
  ): Promise<Reply<typeof listMembers>> {
    const [after] = keyOf(cursor, 'uuid') ?? [];
    let query = this.database.sql
      .selectFrom('member')
      .select(['member.person_id', 'member.roles'])
      .select(
        sql<{ id: string; name: string; lead: boolean }[]>`(
          SELECT coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'lead', pm.lead) ORDER BY p.name), '[]')
          FROM project_member pm JOIN project p ON p.tenant_id = pm.tenant_id AND p.id = pm.project_id
          WHERE pm.tenant_id = member.tenant_id AND pm.person_id = member.person_id)`.as('projects'),
      )
      .where('member.tenant_id', '=', tenant);
    if (after) query = query.where('member.person_id', '>', after);
    const found = await this.database.read(tenant, query.orderBy('member.person_id').limit(limit + 1));
    const { rows, nextCursor } = pageOf(found, limit, (row) => [row.person_id]);
    return {
      items: rows.map((row) => ({ person: { id: row.person_id }, roles: row.roles as Role[], projects: row.projects })),
      nextCursor,
    };
  }
}
