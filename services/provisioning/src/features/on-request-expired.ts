import { requestExpired } from '@dvmm/contracts';
import type { Reaction } from '@eaf/event-store';
import { Hears } from '@eaf/messaging';
import type { Heard } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { releaseHold } from '../domain/hold.js';
import { Holds } from '../holds/holds.js';

/** Nobody decided in time: name and address are free again. */
@Controller()
export class OnRequestExpired {
  constructor(private readonly holds: Holds) {}

  @Hears(requestExpired)
  async handle(
    { data }: Heard<typeof requestExpired>,
    reaction: Reaction<Heard<typeof requestExpired>>,
  ): Promise<void> {
    await this.holds.react(reaction, data.requestId, ({ state }) => releaseHold(state, data.requestId, 'expired'));
  }
}
