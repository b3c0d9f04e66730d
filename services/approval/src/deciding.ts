import { withoutKey } from '@eaf/event-store';
import { Live, type OperationContext } from '@eaf/messaging';
import { isRefusal } from '@eaf/messaging/contract';
import { Injectable } from '@nestjs/common';
import { CaseReaders } from './case-readers.js';
import { Cases } from './cases.js';
import type { ApprovalCase, CaseFact, CaseOutcome, DecisionRefusal } from './domain/approval-case.js';
import { reconsiderSoon } from './features/reconsider-open-cases.js';
import { hintOf } from './hint.js';

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
    private readonly readers: CaseReaders,
    private readonly live: Live,
  ) {}

  async decide(
    id: string,
    context: OperationContext,
    rule: (command: { actorId: string; mayKnow: boolean }, state: ApprovalCase) => CaseFact[] | DecisionRefusal,
  ): Promise<Decided | DecisionRefusal> {
    const command = { actorId: context.actorId, mayKnow: await this.readers.mayKnow(id, context) };
    let named: readonly string[] = [];
    const reply = await this.cases.decide(
      context,
      id,
      ({ state }) => {
        named = state.outcome === 'none' ? [] : [state.requesterId, ...state.eligible];
        return rule(command, state);
      },
      {
        reply: (state) => replyOf(id, state),
        also: (state) => (state.outcome === 'open' ? [reconsiderSoon(context, id)] : []),
      },
    );
    if (isRefusal(reply) && reply.refused === 'approval.own-request') {
      // The try is a fact for the trail (D9); it changes nothing else.
      const data = { requestId: id, by: context.actorId };
      await this.cases.decide(withoutKey(context), id, () => [{ type: 'approval.own-request-refused' as const, data }]);
    }
    if (!isRefusal(reply)) this.live.tell(context.tenant, hintOf(id, named));
    return reply;
  }
}

function replyOf(id: string, state: ApprovalCase): Decided {
  if (state.outcome === 'none') throw new Error(`Case ${id} was decided but does not exist`);
  return { id, outcome: state.outcome, stage: state.stage };
}
