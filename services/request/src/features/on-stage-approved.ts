import { stageApproved } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { RequestProgress } from '../request-progress.js';

@Controller()
export class OnStageApproved {
  constructor(private readonly progress: RequestProgress) {}

  @Hears(stageApproved)
  async handle(event: Heard<typeof stageApproved>, reaction: Reaction): Promise<void> {
    const { requestId, stage, by, stageComplete } = event.data;
    await this.progress.note(reaction, requestId, { stage: stage.number, name: stage.name, by, stageComplete });
  }
}
