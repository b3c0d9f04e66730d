import { stageOpened } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { RequestProgress } from '../request-progress.js';

@Controller()
export class OnStageOpened {
  constructor(private readonly progress: RequestProgress) {}

  @Hears(stageOpened)
  async handle(event: Heard<typeof stageOpened>, reaction: Reaction): Promise<void> {
    const { requestId, stage, approverIds, quorum, escalatedToAdministrators } = event.data;
    await this.progress.note(
      reaction,
      requestId,
      { stage: stage.number, name: stage.name, approverIds, quorum, escalatedToAdministrators },
      [
        ...this.progress.mayRead(event.tenant, requestId, approverIds),
        this.progress.waits(event.tenant, requestId, null), // Nobody could decide until now, perhaps.
      ],
    );
  }
}
