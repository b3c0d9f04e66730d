import { listPolicies } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { ApprovalTables } from '../read-models/tables.js';

@Controller()
export class ListPolicies {
  constructor(private readonly database: Database<ApprovalTables>) {}

  /** The tenant's own first, then by project. */
  @Handles(listPolicies)
  async handle(
    { cursor, limit }: Input<typeof listPolicies>,
    { tenant }: OperationContext,
  ): Promise<Reply<typeof listPolicies>> {
    const [after] = keyOf(cursor, 'uuid') ?? [];
    let query = this.database.sql
      .selectFrom('policy_version')
      .distinctOn('project_id')
      .select(['project_id', 'id', 'version', 'rules'])
      .where('tenant_id', '=', tenant);
    if (after) query = query.where('project_id', '>', after);
    const found = await this.database.read(
      tenant,
      query
        .orderBy('project_id')
        .orderBy('version', 'desc')
        .limit(limit + 1),
    );
    const { rows, nextCursor } = pageOf(found, limit, (row) => [row.project_id]);
    return { items: rows.map(({ id, version, rules }) => ({ ...rules, id, version })), nextCursor };
  }
}
