import { settleRequest } from '@dvmm/contracts';
import { type Claim, release, Timers } from '@eaf/event-store';
import { Calls } from '@eaf/messaging';
import { isRefusal } from '@eaf/messaging/contract';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { releaseHold } from '../domain/hold.js';
import { Holds } from '../holds/holds.js';
import { timer } from '../own-timers.js';

/**
 * A minute after a hold nobody has heard of its request: request says what became of it (design D4). Never freed by time
 * alone. This, and not the event `request.abandoned`, releases: the event may come after the same request has been
 * submitted again and holds its name again, while this answer is void as soon as somebody holds again.
 */
@Injectable()
export class SettleHold implements OnModuleInit {
  constructor(
    private readonly timers: Timers,
    private readonly holds: Holds,
    private readonly calls: Calls,
  ) {}

  onModuleInit(): void {
    this.timers.on(timer.settleHold, (claim) => this.settle(claim), 4);
  }

  async settle(claim: Claim): Promise<void> {
    const { origin } = claim;
    const loaded = await this.holds.load(origin, claim.id);
    const reply = loaded.state.held
      ? await this.calls.askAsService(settleRequest, { id: claim.id }, origin)
      : undefined;
    const abandoned = reply !== undefined && !isRefusal(reply) && reply.outcome === 'abandoned';
    await this.holds.commit(origin, loaded, abandoned ? releaseHold(loaded.state, claim.id, 'abandoned') : [], {
      also: () => [release(claim)],
    });
  }
}
