import { runResumed } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { RequestProgress } from '../request-progress.js';

@Controller()
export class OnRunResumed {
  constructor(private readonly progress: RequestProgress) {}

  @Hears(runResumed)
  async handle(event: Heard<typeof runResumed>, reaction: Reaction): Promise<void> {
    const { requestId, step } = event.data;
    await this.progress.note(reaction, requestId, { step }, [this.progress.waits(event.tenant, requestId, null)]);
  }
}
