import type { keepDraft, RequestedVm, RequestState } from '@dvmm/contracts';
import type { EventStoreTables } from '@eaf/event-store';
import type { Input } from '@eaf/messaging/contract';
import type { ColumnType } from 'kysely';

/** Free text in it is sealed. */
export type DraftWish = Omit<Input<typeof keepDraft>, 'personId'>;

export interface RequestTables extends EventStoreTables {
  request: {
    tenant_id: string;
    id: string;
    state: RequestState;
    name: string;
    requester_id: string;
    project_id: string;
    vm: ColumnType<RequestedVm, string, never>;
    justification: string | null;
    content_hash: string;
    submitted_at: Date;
    changed_at: Date;
    waiting_reason: string | null;
    waiting_since: Date | null;
    vm_id: string | null;
    host_name: string | null;
    addresses: ColumnType<string[], string | undefined, string>;
    failure_reason: string | null;
    failure_detail: string | null;
  };
  request_draft: {
    tenant_id: string;
    person_id: string;
    wish: ColumnType<DraftWish, string, string>;
    kept_at: Date;
  };
  request_approver: { tenant_id: string; request_id: string; person_id: string };
  request_timeline: {
    tenant_id: string;
    request_id: string;
    event_id: string;
    at: Date;
    what: string;
    who: string;
    detail: ColumnType<Record<string, unknown>, string, never>;
    why: string | null;
  };
}
