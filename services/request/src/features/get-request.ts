import { getRequest, seesAll } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { Selectable } from 'kysely';
import type { RequestTables } from '../read-models/tables.js';
import { visibleTo } from '../read-models/visible-to.js';

@Controller()
export class GetRequest {
  constructor(private readonly database: Database<RequestTables>) {}

  @Handles(getRequest)
  async handle({ id }: Input<typeof getRequest>, context: OperationContext): Promise<Reply<typeof getRequest>> {
    const { sql } = this.database;
    // Request, timeline and whether the reader may decide, in one round trip.
    const [found, lines, approver] = await this.database.flush(context.tenant, [
      sql
        .selectFrom('request')
        .selectAll()
        .where('request.tenant_id', '=', context.tenant)
        .where('request.id', '=', id)
        .where(visibleTo(context)),
      sql
        .selectFrom('request_timeline')
        .selectAll()
        .where('tenant_id', '=', context.tenant)
        .where('request_id', '=', id)
        .orderBy('at')
        .orderBy('event_id'),
      sql
        .selectFrom('request_approver')
        .select('person_id')
        .where('tenant_id', '=', context.tenant)
        .where('request_id', '=', id)
        .where('person_id', '=', context.actorId),
    ]);
    const request = found?.rows[0] as Selectable<RequestTables['request']> | undefined;
    if (!request) return refuse('not-found');
    const timeline = lines?.rows as Selectable<RequestTables['request_timeline']>[];
    // Members of the project read the request, but not what the requester wrote to the approvers (D8).
    const readsReasons = request.requester_id === context.actorId || seesAll(context) || approver?.rowCount === 1;
    return {
      id: request.id,
      state: request.state,
      requester: { id: request.requester_id },
      vm: request.vm,
      justification: readsReasons ? request.justification : null,
      contentHash: request.content_hash,
      submittedAt: request.submitted_at.toISOString(),
      waiting:
        request.waiting_reason && request.waiting_since
          ? { reason: request.waiting_reason, since: request.waiting_since.toISOString() }
          : null,
      result: request.vm_id ? { vmId: request.vm_id, hostName: request.host_name, addresses: request.addresses } : null,
      failure: request.failure_reason ? { reason: request.failure_reason, detail: request.failure_detail ?? '' } : null,
      timeline: timeline.map((line) => ({
        at: line.at.toISOString(),
        what: line.what,
        who: { id: line.who },
        detail: line.detail,
        why: readsReasons ? line.why : null,
      })),
    };
  }
}
