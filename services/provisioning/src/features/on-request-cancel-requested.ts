import { requestCancelRequested } from '@dvmm/contracts';
import { HandledBefore, originOf, type Reaction } from '@eaf/event-store';
import { Hears } from '@eaf/messaging';
import type { Heard } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { decideRun } from '../domain/decide-run.js';
import { leftNothing } from '../domain/run-state.js';
import { Holds } from '../holds/holds.js';
import { nudge } from '../own-timers.js';
import { Runs } from '../run/runs.js';

/** Withdrawn while we work on it, or before we have begun. Takes effect at the next border of a step. */
@Controller()
export class OnRequestCancelRequested {
  constructor(
    private readonly runs: Runs,
    private readonly holds: Holds,
  ) {}

  @Hears(requestCancelRequested)
  async handle(event: Heard<typeof requestCancelRequested>, reaction: Reaction<Heard<typeof requestCancelRequested>>): Promise<void> {
    const { requestId } = event.data;
    const origin = originOf(reaction, this.runs.store.service);
    const [loaded, hold] = await Promise.all([this.runs.load(origin, requestId), this.holds.load(origin, requestId)]);
    const vmName = loaded.state.spec?.vmName ?? hold.state.held?.name ?? '';
    const facts = decideRun({ type: 'cancel', requestId, vmName, because: 'withdrawn by the requester' }, loaded.state);
    // Nothing had begun: it ends here, and what it held is free.
    const freed = leftNothing(this.runs.after(loaded, facts)) ? await this.holds.releasing(origin, requestId, 'cancelled') : undefined;
    const append = this.runs.record(origin, loaded, facts);
    await this.runs.store
      .commit(origin, [append, ...(freed?.appends ?? [])], {
        reaction,
        statements: [...this.runs.rows(append.recorded), ...(freed?.statements ?? []), ...(freed ? [] : [nudge('run', requestId)])],
      })
      .catch((error: unknown) => {
        if (!(error instanceof HandledBefore)) throw error;
      });
  }
}
