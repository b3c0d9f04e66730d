import { runWaiting } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { RequestProgress } from '../request-progress.js';

@Controller()
export class OnRunWaiting {
  constructor(private readonly progress: RequestProgress) {}

  @Hears(runWaiting)
  async handle(event: Heard<typeof runWaiting>, reaction: Reaction): Promise<void> {
    const { requestId, step, reason, detail, until } = event.data;
    await this.progress.note(reaction, requestId, { step, reason, detail, until }, [
      this.progress.waits(event.tenant, requestId, { reason, since: event.time }),
    ]);
  }
}
