import { approversChanged } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { RequestProgress } from '../request-progress.js';

@Controller()
export class OnApproversChanged {
  constructor(private readonly progress: RequestProgress) {}

  @Hears(approversChanged)
  async handle(event: Heard<typeof approversChanged>, reaction: Reaction): Promise<void> {
    const { requestId, stage, approverIds, escalatedToAdministrators } = event.data;
    await this.progress.note(
      reaction,
      requestId,
      { stage: stage.number, name: stage.name, approverIds, escalatedToAdministrators },
      [
        ...this.progress.mayRead(event.tenant, requestId, approverIds),
        this.progress.waits(event.tenant, requestId, null),
      ],
    );
  }
}
