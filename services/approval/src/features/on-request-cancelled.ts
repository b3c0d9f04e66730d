import { requestCancelled } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Cases } from '../cases.js';
import { decide } from '../domain/approval-case.js';

/** The request ended before a decision: nobody need decide any more. */
@Controller()
export class OnRequestCancelled {
  constructor(private readonly cases: Cases) {}

  @Hears(requestCancelled)
  async handle(event: Heard<typeof requestCancelled>, reaction: Reaction): Promise<void> {
    await this.cases.react(reaction, event.data.requestId, ({ state }) =>
      decide({ type: 'close', because: 'cancelled' }, state),
    );
  }
}
