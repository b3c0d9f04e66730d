import { requestSubmitted } from '@dvmm/contracts';
import { originOf, setDeadline } from '@eaf/event-store';
import { Hears, Live } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Cases } from '../cases.js';
import { decide } from '../domain/approval-case.js';
import { grantsByItself } from '../domain/policy.js';
import { Electorates } from '../electorates.js';
import { hintOf } from '../hint.js';
import { Policies } from '../policies.js';
import { expiryTimer } from './expire-case.js';
import { reconsiderSoon } from './reconsider-open-cases.js';

const dayMs = 24 * 3_600_000;

/** Opens the case under the policy in force; it ends under that version, whatever is changed meanwhile. */
@Controller()
export class OnRequestSubmitted {
  constructor(
    private readonly cases: Cases,
    private readonly policies: Policies,
    private readonly electorates: Electorates,
    private readonly live: Live,
  ) {}

  @Hears(requestSubmitted)
  async handle(event: Heard<typeof requestSubmitted>, reaction: Reaction): Promise<void> {
    const { requestId, requesterId, vm, justification, contentHash } = event.data;
    const policy = await this.policies.inForce(event.tenant, vm.project.id);
    const { name, stages, automaticWhen, expiresAfterDays } = policy.rules;
    const electorate = await this.electorates.of(event.tenant, stages, vm.project.id);
    const automatic = grantsByItself(automaticWhen, vm.size, vm.environment);
    const opening = {
      requestId,
      requesterId,
      vm,
      justification,
      contentHash,
      policy: { id: policy.id, name, version: policy.version },
      stages,
    };
    const origin = originOf(reaction, this.cases.store.service);
    let named: readonly string[] = [];
    await this.cases.react(
      reaction,
      requestId,
      ({ state }) => decide({ type: 'open', opening, automatic, electorate }, state),
      {
        also: (state, now) => {
          if (state.outcome !== 'open') return [];
          named = state.eligible;
          return [
            setDeadline(expiryTimer, requestId, new Date(now.getTime() + expiresAfterDays * dayMs), now, origin),
            reconsiderSoon(origin, requestId),
          ];
        },
      },
    );
    this.live.tell(event.tenant, hintOf(requestId, [requesterId, ...named]));
  }
}
