import { Live, type OperationContext } from '@eaf/messaging';
import { isRefusal } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import { Cases } from './cases.js';
import type { ApprovalCase, CaseFact, CaseOutcome, DecisionRefusal } from './domain/approval-case.js';
import { hintOf } from './hint.js';
import type { ApprovalTables } from './read-models/tables.js';

export interface Decided {
  readonly id: string;
  readonly outcome: CaseOutcome;
  readonly stage: number;
}

/** What approving and rejecting have in common: who may know of the case, the trace of a try on one's own, the reply. */
@Injectable()
export class Deciding {
  constructor(
    private readonly cases: Cases,
    private readonly database: Database<ApprovalTables>,
    private readonly live: Live,
  ) {}

  async decide(
    id: string,
    context: OperationContext,
    rule: (command: { actorId: string; mayKnow: boolean }, state: ApprovalCase) => CaseFact[] | DecisionRefusal,
  ): Promise<Decided | DecisionRefusal> {
    const command = { actorId: context.actorId, mayKnow: await this.#mayKnow(id, context) };
    let named: readonly string[] = [];
    const reply = await this.cases.decide(
      context,
      id,
      ({ state }) => {
        named = state.outcome === 'none' ? [] : [state.requesterId, ...state.eligible];
        return rule(command, state);
      },
      { reply: (state) => replyOf(id, state) },
    );
    if (isRefusal(reply) && reply.refused === 'approval.own-request') {
      // The try is a fact for the trail (D9); it changes nothing else.
      const data = { requestId: id, by: context.actorId };
      await this.cases.decide({ ...context, idempotency: undefined }, id, () => [
        { type: 'approval.own-request-refused' as const, data },
      ]);
    }
    if (!isRefusal(reply)) this.live.tell(context.tenant, hintOf(id, named));
    return reply;
  }

  async #mayKnow(id: string, { tenant, actorId, roles }: OperationContext): Promise<boolean> {
    if (roles.includes('tenant-admin') || roles.includes('auditor')) return true;
    const rows = await this.database.read(
      tenant,
      this.database.sql
        .selectFrom('case_approver')
        .select('person_id')
        .where('tenant_id', '=', tenant)
        .where('request_id', '=', id)
        .where('person_id', '=', actorId),
    );
    return rows.length > 0;
  }
}

function replyOf(id: string, state: ApprovalCase): Decided {
  if (state.outcome === 'none') throw new Error(`Case ${id} was decided but does not exist`);
  return { id, outcome: state.outcome, stage: state.stage };
}
