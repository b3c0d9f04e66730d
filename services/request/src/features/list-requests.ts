import { listRequests } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { RequestTables } from '../read-models/tables.js';
import { visibleTo } from '../read-models/visible-to.js';

@Controller()
export class ListRequests {
  constructor(private readonly database: Database<RequestTables>) {}

  @Handles(listRequests)
  async handle(input: Input<typeof listRequests>, context: OperationContext): Promise<Reply<typeof listRequests>> {
    const { cursor, limit, state, projectId, mine, name } = input;
    const [submittedAt, id] = keyOf(cursor, 'time', 'uuid') ?? [];
    let query = this.database.sql
      .selectFrom('request')
      .select(['id', 'state', 'name', 'requester_id', 'vm', 'submitted_at', 'changed_at'])
      .where('request.tenant_id', '=', context.tenant)
      .where(visibleTo(context));
    if (state) query = query.where('state', '=', state);
    if (projectId) query = query.where('project_id', '=', projectId);
    if (mine) query = query.where('requester_id', '=', context.actorId);
    if (name) query = query.where((row) => row(row.fn<number>('strpos', ['request.name', row.val(name)]), '>', 0));
    if (submittedAt && id) {
      query = query.where((row) => row(row.refTuple('submitted_at', 'id'), '<', row.tuple(new Date(submittedAt), id)));
    }
    const found = await this.database.read(
      context.tenant,
      query
        .orderBy('submitted_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1),
    );
    const { rows, nextCursor } = pageOf(found, limit, (row) => [row.submitted_at.toISOString(), row.id]);
    return {
      items: rows.map((row) => ({
        id: row.id,
        state: row.state,
        name: row.name,
        requester: { id: row.requester_id },
        project: row.vm.project,
        size: row.vm.size.key,
        monthlyCostCents: row.vm.size.monthlyCostCents,
        currency: row.vm.size.currency,
        submittedAt: row.submitted_at.toISOString(),
        changedAt: row.changed_at.toISOString(),
      })),
      nextCursor,
    };
  }
}
