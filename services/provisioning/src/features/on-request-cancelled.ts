import { requestCancelled } from '@dvmm/contracts';
import type { Reaction } from '@eaf/event-store';
import { Hears } from '@eaf/messaging';
import type { Heard } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { releaseHold } from '../domain/hold.js';
import { Holds } from '../holds/holds.js';

/** Withdrawn before a run began; a run that was taken back has released its hold itself. */
@Controller()
export class OnRequestCancelled {
  constructor(private readonly holds: Holds) {}

  @Hears(requestCancelled)
  async handle(
    { data }: Heard<typeof requestCancelled>,
    reaction: Reaction<Heard<typeof requestCancelled>>,
  ): Promise<void> {
    await this.holds.react(reaction, data.requestId, ({ state }) => releaseHold(state, data.requestId, 'cancelled'));
  }
}
