import { nobodyMayDecide } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { RequestProgress } from '../request-progress.js';

@Controller()
export class OnNobodyMayDecide {
  constructor(private readonly progress: RequestProgress) {}

  @Hears(nobodyMayDecide)
  async handle(event: Heard<typeof nobodyMayDecide>, reaction: Reaction): Promise<void> {
    const { requestId, stage } = event.data;
    await this.progress.note(reaction, requestId, { stage: stage.number, name: stage.name }, [
      this.progress.waits(event.tenant, requestId, { reason: 'nobody-may-decide', since: event.time }),
    ]);
  }
}
