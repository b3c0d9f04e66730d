import { runFailed } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { RequestFate } from '../request-fate.js';

@Controller()
export class OnRunFailed {
  constructor(private readonly fate: RequestFate) {}

  @Hears(runFailed)
  async handle(event: Heard<typeof runFailed>, reaction: Reaction): Promise<void> {
    const { requestId, reason, detail, nothingLeft } = event.data;
    await this.fate.decide(reaction, requestId, { type: 'note-failure', reason, detail, nothingLeft });
  }
}
