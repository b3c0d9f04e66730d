import { caseGranted } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { RequestFate } from '../request-fate.js';

/** Approval grants; only here does that become work. */
@Controller()
export class OnApprovalGranted {
  constructor(private readonly fate: RequestFate) {}

  @Hears(caseGranted)
  async handle(event: Heard<typeof caseGranted>, reaction: Reaction): Promise<void> {
    const { requestId, contentHash, automatic, approverIds } = event.data;
    await this.fate.decide(reaction, requestId, { type: 'grant', contentHash, automatic, approverIds });
  }
}
