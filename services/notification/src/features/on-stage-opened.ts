import { stageOpened } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { askToDecide, Mailing } from '../mailing.js';
import { RequestCopies } from '../request-copies.js';

/** Whoever may decide now is written to. */
@Controller()
export class OnStageOpened {
  constructor(
    private readonly mailing: Mailing,
    private readonly requests: RequestCopies,
  ) {}

  @Hears(stageOpened)
  async handle(event: Heard<typeof stageOpened>, reaction: Reaction): Promise<void> {
    const request = await this.requests.of(event.tenant, event.data.requestId);
    await this.mailing.queue(reaction, askToDecide(event.data, request));
  }
}
