import { EventStore, keepCopy } from '@eaf/event-store';
import { Live } from '@eaf/messaging';
import type { Reaction } from '@eaf/messaging/contract';
import { type SqlStatement } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import { hintOf } from './hint.js';
import type { RequestTables } from './read-models/tables.js';
import { timelineRow } from './read-models/timeline.js';

/** Notes what others do about a request: a line of its timeline, and rows beside it. Decides nothing. */
@Injectable()
export class RequestProgress {
  constructor(
    private readonly store: EventStore<RequestTables>,
    private readonly live: Live,
  ) {}

  async note(
    reaction: Reaction,
    requestId: string,
    detail: Record<string, unknown>,
    rows: readonly SqlStatement[] = [],
  ): Promise<void> {
    const { event } = reaction;
    const { database } = this.store;
    await keepCopy(this.store, reaction, [timelineRow(database.sql, event, requestId, detail), ...rows]);
    const [request] = await database.read(
      event.tenant,
      database.sql
        .selectFrom('request')
        .select(['requester_id', 'project_id'])
        .where('tenant_id', '=', event.tenant)
        .where('id', '=', requestId),
    );
    if (request) this.live.tell(event.tenant, hintOf(requestId, request.requester_id, request.project_id));
  }

  /** The request rests, or (null) goes on. One that has ended rests no more, whatever is heard late. */
  waits(tenant: string, requestId: string, why: { reason: string; since: Date } | null): SqlStatement {
    const request = this.store.database.sql
      .updateTable('request')
      .set({ waiting_reason: why?.reason ?? null, waiting_since: why?.since ?? null })
      .where('tenant_id', '=', tenant)
      .where('id', '=', requestId);
    return why ? request.where('state', 'in', ['submitted', 'approved', 'provisioning', 'cancelling']) : request;
  }

  /** These people may read the request, now and later. */
  mayRead(tenant: string, requestId: string, personIds: readonly string[]): SqlStatement[] {
    if (personIds.length === 0) return [];
    return [
      this.store.database.sql
        .insertInto('request_approver')
        .values(personIds.map((person_id) => ({ tenant_id: tenant, request_id: requestId, person_id })))
        .onConflict((conflict) => conflict.doNothing()),
    ];
  }
}
