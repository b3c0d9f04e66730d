import { vmDecommissioned } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { RequestProgress } from '../request-progress.js';

@Controller()
export class OnVmDecommissioned {
  constructor(private readonly progress: RequestProgress) {}

  @Hears(vmDecommissioned)
  async handle(event: Heard<typeof vmDecommissioned>, reaction: Reaction): Promise<void> {
    await this.progress.note(reaction, event.data.requestId, {});
  }
}
