import type { Recorded } from '@eaf/messaging/contract';
import type { SqlStatement } from '@eaf/tenancy';
import { type Kysely, sql as raw } from 'kysely';
import type { CaseFact } from '../domain/approval-case.js';
import type { ApprovalTables } from './tables.js';

/** The queue's rows that follow from an event of a case. */
export function projectCase(event: Recorded<CaseFact>, sql: Kysely<ApprovalTables>): SqlStatement[] {
  const { requestId } = event.data;
  const change = sql.updateTable('approval_case').where('tenant_id', '=', event.tenant).where('id', '=', requestId);
  const nobodyDecides = sql
    .updateTable('case_approver')
    .set({ may_decide: false })
    .where('tenant_id', '=', event.tenant)
    .where('request_id', '=', requestId);
  const name = (personIds: readonly string[]) =>
    sql
      .insertInto('case_approver')
      .values(
        personIds.map((person_id) => ({ tenant_id: event.tenant, request_id: requestId, person_id, may_decide: true })),
      )
      .onConflict((conflict) =>
        conflict.columns(['tenant_id', 'request_id', 'person_id']).doUpdateSet({ may_decide: true }),
      );
  // The requester comes from the case's own row, so that the constraint compares with what was stored, not with what we say.
  const note = (approverId: string, verdict: string): SqlStatement => ({
    sql: `INSERT INTO decision (tenant_id, request_id, approver_id, requester_id, stage, verdict, given_at)
          SELECT tenant_id, id, $3, requester_id, stage, $4, $5 FROM approval_case WHERE tenant_id = $1 AND id = $2`,
    parameters: [event.tenant, requestId, approverId, verdict, event.time],
  });
  switch (event.type) {
    case 'approval.case-opened': {
      const { requesterId, vm, justification, contentHash, policy, stages } = event.data;
      return [
        sql.insertInto('approval_case').values({
          tenant_id: event.tenant,
          id: requestId,
          outcome: 'open',
          requester_id: requesterId,
          vm: JSON.stringify(vm),
          justification,
          content_hash: contentHash,
          policy: JSON.stringify(policy),
          stage_count: stages.length,
          opened_at: event.time,
        }),
      ];
    }
    case 'approval.stage-opened': {
      const { stage, quorum, approverIds } = event.data;
      const columns = {
        stage: stage.number,
        stage_name: stage.name,
        quorum,
        approved_by: '[]',
        nobody_may_decide: false,
      };
      return [change.set(columns), nobodyDecides, name(approverIds)];
    }
    case 'approval.approvers-changed':
      return [change.set({ nobody_may_decide: false }), nobodyDecides, name(event.data.approverIds)];
    case 'approval.nobody-may-decide': {
      const { stage } = event.data;
      return [change.set({ stage: stage.number, stage_name: stage.name, nobody_may_decide: true }), nobodyDecides];
    }
    case 'approval.stage-approved': {
      const { by } = event.data;
      return [
        note(by, 'approved'),
        change.set({ approved_by: raw`approved_by || ${JSON.stringify([by])}::jsonb` as never }),
        nobodyDecides.where('person_id', '=', by),
      ];
    }
    case 'approval.granted':
      return [
        change.set({ outcome: 'granted', automatic: event.data.automatic, decided_at: event.time }),
        nobodyDecides,
      ];
    case 'approval.rejected':
      return [
        note(event.data.by, 'rejected'),
        change.set({ outcome: 'rejected', decided_at: event.time }),
        nobodyDecides,
      ];
    case 'approval.closed':
    case 'approval.expired':
      // No decision was made, so it counts for no waiting time.
      return [change.set({ outcome: 'closed' }), nobodyDecides];
    case 'approval.own-request-refused':
      return [];
  }
}
