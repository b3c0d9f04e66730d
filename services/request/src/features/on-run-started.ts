import { runStarted } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { RequestFate } from '../request-fate.js';

@Controller()
export class OnRunStarted {
  constructor(private readonly fate: RequestFate) {}

  @Hears(runStarted)
  async handle(event: Heard<typeof runStarted>, reaction: Reaction): Promise<void> {
    await this.fate.decide(reaction, event.data.requestId, { type: 'note-start' });
  }
}
