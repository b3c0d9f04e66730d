import { caseOpened } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { RequestProgress } from '../request-progress.js';

/** Which policy decides: the timeline names it where the policy itself grants. */
@Controller()
export class OnCaseOpened {
  constructor(private readonly progress: RequestProgress) {}

  @Hears(caseOpened)
  async handle(event: Heard<typeof caseOpened>, reaction: Reaction): Promise<void> {
    const { requestId, policy, stages } = event.data;
    await this.progress.note(reaction, requestId, {
      policy: { name: policy.name, version: policy.version },
      stages: stages.length,
    });
  }
}
