import { listOwnDecisions } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { sql } from 'kysely';
import type { ApprovalTables } from '../read-models/tables.js';

@Controller()
export class ListOwnDecisions {
  constructor(private readonly database: Database<ApprovalTables>) {}

  @Handles(listOwnDecisions)
  async handle(
    { cursor, limit }: Input<typeof listOwnDecisions>,
    { tenant, actorId }: OperationContext,
  ): Promise<Reply<typeof listOwnDecisions>> {
    // A replica of the release before notes no time; the case's own is the nearest that is known.
    const givenAt = sql<Date>`coalesce(decision.given_at, approval_case.decided_at, approval_case.opened_at)`;
    let query = this.database.sql
      .selectFrom('decision')
      .innerJoin('approval_case', (join) =>
        join
          .onRef('approval_case.tenant_id', '=', 'decision.tenant_id')
          .onRef('approval_case.id', '=', 'decision.request_id'),
      )
      .select(['approval_case.id', 'approval_case.vm', 'approval_case.requester_id', 'approval_case.outcome'])
      .select(['decision.stage', 'decision.verdict', givenAt.as('given_at')])
      .where('decision.tenant_id', '=', tenant)
      .where('decision.approver_id', '=', actorId);
    const [after, id] = keyOf(cursor, 'time', 'uuid') ?? [];
    if (after && id) {
      query = query.where(sql<boolean>`(${givenAt}, approval_case.id) < (${after}::timestamptz, ${id}::uuid)`);
    }
    const found = await this.database.read(
      tenant,
      query
        .orderBy(givenAt, 'desc')
        .orderBy('approval_case.id', 'desc')
        .limit(limit + 1),
    );
    const { rows, nextCursor } = pageOf(found, limit, (row) => [row.given_at.toISOString(), row.id]);
    return {
      items: rows.map((row) => ({
        id: row.id,
        vm: row.vm,
        requester: { id: row.requester_id },
        stage: row.stage,
        verdict: row.verdict,
        decidedAt: row.given_at.toISOString(),
        outcome: row.outcome,
      })),
      nextCursor,
    };
  }
}
