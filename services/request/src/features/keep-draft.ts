import { keepDraft } from '@dvmm/contracts';
import { setTimer } from '@eaf/event-store';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { sql as raw } from 'kysely';
import type { RequestTables } from '../read-models/tables.js';
import { draftTimer } from './forget-old-draft.js';

const keptMs = 30 * 86_400_000;

/** A plain row of its person, no fact; each time it is kept, the 30 days begin again. */
@Controller()
export class KeepDraft {
  constructor(private readonly database: Database<RequestTables>) {}

  @Handles(keepDraft)
  async handle(
    { personId, ...wish }: Input<typeof keepDraft>,
    context: OperationContext,
  ): Promise<Reply<typeof keepDraft>> {
    const { tenant, actorId } = context;
    if (personId !== actorId) return refuse('not-found');
    const row = { wish: JSON.stringify(wish), kept_at: raw<Date>`now()` };
    const [kept] = await this.database.flush(tenant, [
      this.database.sql
        .insertInto('request_draft')
        .values({ tenant_id: tenant, person_id: actorId, ...row })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'person_id']).doUpdateSet(row))
        .returning('kept_at'),
      // A draft is no part of a story: it is kept for 30 days from today, whenever what it asks for is to play.
      setTimer(draftTimer, actorId, new Date(Date.now() + keptMs), { ...context, backdatedSeconds: undefined }),
    ]);
    return { keptAt: (kept?.rows[0] as { kept_at: Date }).kept_at.toISOString() };
  }
}
