import { stepProgressed } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { RequestProgress } from '../request-progress.js';

@Controller()
export class OnStepProgressed {
  constructor(private readonly progress: RequestProgress) {}

  @Hears(stepProgressed)
  async handle(event: Heard<typeof stepProgressed>, reaction: Reaction): Promise<void> {
    const { requestId, step, percent } = event.data;
    await this.progress.note(reaction, requestId, { step, percent });
  }
}
