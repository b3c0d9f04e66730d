import type { Recorded } from '@eaf/messaging/contract';
import type { SqlStatement } from '@eaf/tenancy';
import type { Kysely } from 'kysely';
import { phaseAfter, type RequestFact } from '../domain/vm-request.js';
import type { RequestTables } from './tables.js';
import { timelineRow } from './timeline.js';

/** The rows that follow from one of our own events. */
export function projectRequest(event: Recorded<RequestFact>, sql: Kysely<RequestTables>): SqlStatement[] {
  switch (event.type) {
    case 'request.abandoned':
      return [];
    case 'request.submitted': {
      const { requestId, requesterId, vm, justification, contentHash } = event.data;
      return [
        sql.insertInto('request').values({
          tenant_id: event.tenant,
          id: requestId,
          state: 'submitted',
          name: vm.name,
          requester_id: requesterId,
          project_id: vm.project.id,
          vm: JSON.stringify(vm),
          justification,
          content_hash: contentHash,
          submitted_at: event.time,
          changed_at: event.time,
        }),
        timelineRow(sql, event, requestId),
      ];
    }
    case 'request.approved':
      return [
        change(event, sql, {}),
        timelineRow(sql, event, event.data.requestId, { automatic: event.data.automatic }),
      ];
    case 'request.rejected':
      return [
        change(event, sql, {}),
        timelineRow(sql, event, event.data.requestId, { by: event.data.approverId }, event.data.reason),
      ];
    case 'request.ready': {
      const { vmId, hostName, addresses } = event.data;
      const result = {
        vm_id: vmId,
        host_name: hostName,
        addresses: JSON.stringify(addresses),
        // It may have failed before an administrator helped.
        failure_reason: null,
        failure_detail: null,
      };
      return [change(event, sql, result), timelineRow(sql, event, event.data.requestId, { hostName, addresses })];
    }
    case 'request.created-not-customised': {
      const { vmId, reason } = event.data;
      return [
        change(event, sql, { vm_id: vmId, failure_reason: 'not-customised', failure_detail: reason }),
        timelineRow(sql, event, event.data.requestId, { reason }),
      ];
    }
    case 'request.failed': {
      const { reason, detail, nothingLeft } = event.data;
      return [
        change(event, sql, { failure_reason: reason, failure_detail: detail }),
        timelineRow(sql, event, event.data.requestId, { reason, detail, nothingLeft }),
      ];
    }
    default:
      return [change(event, sql, {}), timelineRow(sql, event, event.data.requestId)];
  }
}

/** The state as `evolve` has it, so that list and decider never differ. Any change ends a wait. */
function change(
  event: Exclude<Recorded<RequestFact>, { type: 'request.abandoned' }>,
  sql: Kysely<RequestTables>,
  columns: Record<string, unknown>,
): SqlStatement {
  return sql
    .updateTable('request')
    .set({
      ...columns,
      state: phaseAfter[event.type],
      changed_at: event.time,
      waiting_reason: null,
      waiting_since: null,
    })
    .where('tenant_id', '=', event.tenant)
    .where('id', '=', event.data.requestId);
}
