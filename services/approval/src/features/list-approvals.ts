import { listApprovals, seesAll } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { sql } from 'kysely';
import type { ApprovalTables } from '../read-models/tables.js';

@Controller()
export class ListApprovals {
  constructor(private readonly database: Database<ApprovalTables>) {}

  /** What waits for me first, then by age. Visible are cases that name or named me; administrators and auditors see all. */
  @Handles(listApprovals)
  async handle(input: Input<typeof listApprovals>, context: OperationContext): Promise<Reply<typeof listApprovals>> {
    const { tenant, actorId } = context;
    const { cursor, limit, outcome } = input;
    const [rank, openedAt, id] = keyOf(cursor, 'number', 'time', 'uuid') ?? [];
    const rankOf = sql<number>`CASE WHEN me.may_decide THEN 0 ELSE 1 END`;
    let query = this.database.sql
      .selectFrom('approval_case')
      .leftJoin('case_approver as me', (join) =>
        join
          .onRef('me.tenant_id', '=', 'approval_case.tenant_id')
          .onRef('me.request_id', '=', 'approval_case.id')
          .on('me.person_id', '=', actorId),
      )
      .selectAll('approval_case')
      .select(['me.may_decide', rankOf.as('rank')])
      .where('approval_case.tenant_id', '=', tenant)
      .where('approval_case.outcome', '=', outcome);
    if (!seesAll(context)) query = query.where('me.person_id', 'is not', null);
    if (rank && openedAt && id) {
      query = query.where(
        sql<boolean>`(${rankOf}, opened_at, id) > (${Number(rank)}::int, ${openedAt}::timestamptz, ${id}::uuid)`,
      );
    }
    const found = await this.database.read(
      tenant,
      query
        .orderBy('rank')
        .orderBy('opened_at')
        .orderBy('id')
        .limit(limit + 1),
    );
    const { rows, nextCursor } = pageOf(found, limit, (row) => [String(row.rank), row.opened_at.toISOString(), row.id]);
    return {
      items: rows.map((row) => ({
        id: row.id,
        outcome: row.outcome,
        requester: { id: row.requester_id },
        vm: row.vm,
        justification: row.justification,
        contentHash: row.content_hash,
        openedAt: row.opened_at.toISOString(),
        stage: {
          number: row.stage,
          of: row.stage_count,
          name: row.stage_name,
          approvedBy: row.approved_by.map((approver) => ({ id: approver })),
          quorum: row.quorum,
        },
        mayDecide: row.may_decide ?? false,
        policy: row.policy,
        nobodyMayDecide: row.nobody_may_decide,
      })),
      nextCursor,
    };
  }
}
