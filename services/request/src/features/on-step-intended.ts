import { stepIntended } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { RequestProgress } from '../request-progress.js';

@Controller()
export class OnStepIntended {
  constructor(private readonly progress: RequestProgress) {}

  @Hears(stepIntended)
  async handle(event: Heard<typeof stepIntended>, reaction: Reaction): Promise<void> {
    const { requestId, step, attempt } = event.data;
    await this.progress.note(reaction, requestId, { step, attempt });
  }
}
