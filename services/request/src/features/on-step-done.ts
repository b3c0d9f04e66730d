import { stepDone } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { RequestProgress } from '../request-progress.js';

@Controller()
export class OnStepDone {
  constructor(private readonly progress: RequestProgress) {}

  @Hears(stepDone)
  async handle(event: Heard<typeof stepDone>, reaction: Reaction): Promise<void> {
    const { requestId, step, durationMs } = event.data;
    await this.progress.note(reaction, requestId, { step, durationMs }, [
      this.progress.waits(event.tenant, requestId, null),
    ]);
  }
}
