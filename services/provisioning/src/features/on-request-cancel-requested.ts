import { requestCancelRequested } from '@dvmm/contracts';
import { originOf, type Reaction } from '@eaf/event-store';
import { Hears } from '@eaf/messaging';
import type { Heard } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { decideRun } from '../domain/decide-run.js';
import { Holds } from '../holds/holds.js';
import { nudge, timer } from '../own-timers.js';
import { Runs } from '../run/runs.js';

/**
 * Withdrawn while we work on it: takes effect at the next border of a step. Where no run has begun, none ever will; the
 * hold goes when request answers with `request.cancelled`.
 */
@Controller()
export class OnRequestCancelRequested {
  constructor(
    private readonly runs: Runs,
    private readonly holds: Holds,
  ) {}

  @Hears(requestCancelRequested)
  async handle(
    event: Heard<typeof requestCancelRequested>,
    reaction: Reaction<Heard<typeof requestCancelRequested>>,
  ): Promise<void> {
    const { requestId } = event.data;
    const origin = originOf(reaction, this.holds.store.service);
    const hold = await this.holds.load(origin, requestId);
    const vmName = hold.state.held?.name ?? '';
    const because = 'withdrawn by the requester';
    await this.runs.react(
      reaction,
      requestId,
      ({ state }) => decideRun({ type: 'cancel', requestId, vmName, because }, state),
      {
        also: () => [nudge(timer.run, requestId, origin)],
      },
    );
  }
}
