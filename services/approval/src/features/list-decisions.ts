import { listDecisions } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { ApprovalTables } from '../read-models/tables.js';

@Controller()
export class ListDecisions {
  constructor(private readonly database: Database<ApprovalTables>) {}

  @Handles(listDecisions)
  async handle(input: Input<typeof listDecisions>, { tenant }: OperationContext): Promise<Reply<typeof listDecisions>> {
    const { cursor, limit, from, to, outcome, order } = input;
    const waited = sql<string>`floor(extract(epoch FROM decided_at - opened_at) * 1000)::bigint`;
    let query = this.database.sql
      .selectFrom('approval_case')
      .select(['id', 'vm', 'requester_id', 'outcome', 'automatic', 'opened_at', 'policy'])
      .select(sql<Date>`decided_at`.as('decided_at'))
      .select(waited.as('waited'))
      .select((row) =>
        jsonArrayFrom(
          row
            .selectFrom('decision')
            .select(['approver_id', 'stage', 'verdict'])
            .whereRef('decision.tenant_id', '=', 'approval_case.tenant_id')
            .whereRef('decision.request_id', '=', 'approval_case.id')
            .orderBy('stage')
            .orderBy('approver_id'),
        ).as('votes'),
      )
      .where('tenant_id', '=', tenant)
      .where('outcome', 'in', outcome ? [outcome] : ['granted', 'rejected'])
      .where('decided_at', 'is not', null);
    if (from) query = query.where('decided_at', '>=', new Date(from));
    if (to) query = query.where('decided_at', '<', new Date(to));
    const [after, id] = (order === 'slowest' ? keyOf(cursor, 'long', 'uuid') : keyOf(cursor, 'time', 'uuid')) ?? [];
    if (order === 'slowest') {
      if (after && id) query = query.where(sql<boolean>`(${waited}, id) < (${after}::bigint, ${id}::uuid)`);
      query = query.orderBy(waited, 'desc');
    } else {
      if (after && id) query = query.where(sql<boolean>`(decided_at, id) < (${after}::timestamptz, ${id}::uuid)`);
      query = query.orderBy('decided_at', 'desc');
    }
    const found = await this.database.read(tenant, query.orderBy('id', 'desc').limit(limit + 1));
    const { rows, nextCursor } = pageOf(found, limit, (row) => [
      order === 'slowest' ? row.waited : row.decided_at.toISOString(),
      row.id,
    ]);
    return {
      items: rows.map((row) => ({
        id: row.id,
        vm: row.vm,
        requester: { id: row.requester_id },
        outcome: row.outcome === 'granted' ? 'granted' : 'rejected',
        automatic: row.automatic,
        openedAt: row.opened_at.toISOString(),
        decidedAt: row.decided_at.toISOString(),
        waitedMs: Number(row.waited),
        policy: row.policy,
        votes: row.votes.map(({ approver_id, stage, verdict }) => ({ by: { id: approver_id }, stage, verdict })),
      })),
      nextCursor,
    };
  }
}
