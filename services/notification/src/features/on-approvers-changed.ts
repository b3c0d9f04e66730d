import { approversChanged } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { askToDecide, Mailing } from '../mailing.js';
import { RequestCopies } from '../request-copies.js';

/** Whoever may decide since a role changed is written to; whoever was before is not written to again. */
@Controller()
export class OnApproversChanged {
  constructor(
    private readonly mailing: Mailing,
    private readonly requests: RequestCopies,
  ) {}

  @Hears(approversChanged)
  async handle(event: Heard<typeof approversChanged>, reaction: Reaction): Promise<void> {
    const request = await this.requests.of(event.tenant, event.data.requestId);
    await this.mailing.queue(reaction, askToDecide(event.data, request));
  }
}
