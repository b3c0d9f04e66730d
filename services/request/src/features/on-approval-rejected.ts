import { caseRejected } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { RequestFate } from '../request-fate.js';

@Controller()
export class OnApprovalRejected {
  constructor(private readonly fate: RequestFate) {}

  @Hears(caseRejected)
  async handle(event: Heard<typeof caseRejected>, reaction: Reaction): Promise<void> {
    const { requestId, by, reason } = event.data;
    await this.fate.decide(reaction, requestId, { type: 'reject', approverId: by, reason });
  }
}
