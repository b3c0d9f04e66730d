import { requestRejected } from '@dvmm/contracts';
import type { Reaction } from '@eaf/event-store';
import { Hears } from '@eaf/messaging';
import type { Heard } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { releaseHold } from '../domain/hold.js';
import { Holds } from '../holds/holds.js';

/** An approver said no: name and address are free again. */
@Controller()
export class OnRequestRejected {
  constructor(private readonly holds: Holds) {}

  @Hears(requestRejected)
  async handle(
    { data }: Heard<typeof requestRejected>,
    reaction: Reaction<Heard<typeof requestRejected>>,
  ): Promise<void> {
    await this.holds.react(reaction, data.requestId, ({ state }) => releaseHold(state, data.requestId, 'rejected'));
  }
}
