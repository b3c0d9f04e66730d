import { listRequests } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { afterCursor, cursorOf } from '../read-models/keyset.js';
import type { RequestTables } from '../read-models/tables.js';
import { visibleTo } from '../read-models/visible-to.js';

@Controller()
export class ListRequests {
  constructor(private readonly database: Database<RequestTables>) {}

  @Handles(listRequests)
  async handle(input: Input<typeof listRequests>, context: OperationContext): Promise<Reply<typeof listRequests>> {
    const { cursor, limit, state, projectId, mine, name } = input;
    const after = afterCursor(cursor);
    let query = this.database.sql
      .selectFrom('request')
      .select(['id', 'state', 'name', 'requester_id', 'vm', 'submitted_at', 'changed_at'])
      .where('request.tenant_id', '=', context.tenant)
      .where(visibleTo(context));
    if (state) query = query.where('state', '=', state);
    if (projectId) query = query.where('project_id', '=', projectId);
    if (mine) query = query.where('requester_id', '=', context.actorId);
    if (name) query = query.where((row) => row(row.fn<number>('strpos', ['request.name', row.val(name)]), '>', 0));
    if (after) {
      query = query.where((row) => row(row.refTuple('submitted_at', 'id'), '<', row.tuple(after.at, after.id)));
    }
    const rows = await this.database.read(
      context.tenant,
      query
        .orderBy('submitted_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1),
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map((row) => ({
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
      nextCursor: last && rows.length > limit ? cursorOf(last.submitted_at, last.id) : null,
    };
  }
}
