import { listProjects, seesAll } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { TenantTables } from '../read-models/tables.js';

@Controller()
export class ListProjects {
  constructor(private readonly database: Database<TenantTables>) {}

  @Handles(listProjects)
  async handle(
    { cursor, limit }: Input<typeof listProjects>,
    context: OperationContext,
  ): Promise<Reply<typeof listProjects>> {
    const { tenant, actorId } = context;
    const [after] = keyOf(cursor, 'text') ?? [];
    let query = this.database.sql
      .selectFrom('project')
      .leftJoin('project_member', (join) =>
        join
          .onRef('project_member.tenant_id', '=', 'project.tenant_id')
          .onRef('project_member.project_id', '=', 'project.id')
          .on('project_member.person_id', '=', actorId),
      )
      .select(['project.id', 'project.name', 'project_member.lead'])
      .where('project.tenant_id', '=', tenant);
    if (!seesAll(context)) query = query.where('project_member.lead', 'is not', null);
    if (after) query = query.where('project.name', '>', after);
    const found = await this.database.read(tenant, query.orderBy('project.name').limit(limit + 1));
    const { rows, nextCursor } = pageOf(found, limit, (row) => [row.name]);
    return {
      items: rows.map(({ id, name, lead }) => ({ id, name, lead: lead ?? false, member: lead !== null })),
      nextCursor,
    };
  }
}
