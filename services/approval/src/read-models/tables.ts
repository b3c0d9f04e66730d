import type { PolicyRules, RequestedVm } from '@dvmm/contracts';
import type { EventStoreTables } from '@eaf/event-store';
import type { ColumnType } from 'kysely';
import type { CaseOutcome } from '../domain/approval-case.js';

export interface ApprovalTables extends EventStoreTables {
  policy_version: {
    tenant_id: string;
    project_id: string;
    version: number;
    id: string;
    rules: ColumnType<PolicyRules, string, never>;
  };
  approval_case: {
    tenant_id: string;
    id: string;
    outcome: CaseOutcome;
    requester_id: string;
    vm: ColumnType<RequestedVm, string, never>;
    justification: string | null;
    content_hash: string;
    policy: ColumnType<{ id: string; name: string; version: number }, string, never>;
    stage_count: number;
    stage: ColumnType<number, never, number>;
    stage_name: ColumnType<string, never, string>;
    quorum: ColumnType<number, never, number>;
    approved_by: ColumnType<string[], never, string>;
    nobody_may_decide: ColumnType<boolean, never, boolean>;
    automatic: ColumnType<boolean, never, boolean>;
    opened_at: Date;
    decided_at: ColumnType<Date | null, never, Date>;
  };
  case_approver: { tenant_id: string; request_id: string; person_id: string; may_decide: boolean };
  decision: {
    tenant_id: string;
    request_id: string;
    approver_id: string;
    requester_id: string;
    stage: number;
    verdict: 'approved' | 'rejected';
    /** Null only where a release before wrote it. */
    given_at: Date | null;
  };
  person_role: { tenant_id: string; person_id: string; roles: string[] };
  project_member: { tenant_id: string; project_id: string; person_id: string; lead: boolean };
}

/** Stands for the tenant where a project could stand. */
export const wholeTenant = '00000000-0000-0000-0000-000000000000';
