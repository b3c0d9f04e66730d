import { requestRejected } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Mailing } from '../mailing.js';
import { RequestCopies } from '../request-copies.js';

@Controller()
export class OnRequestRejected {
  constructor(
    private readonly mailing: Mailing,
    private readonly requests: RequestCopies,
  ) {}

  @Hears(requestRejected)
  async handle(event: Heard<typeof requestRejected>, reaction: Reaction): Promise<void> {
    const { requestId, requesterId, approverId, reason } = event.data;
    const request = await this.requests.of(event.tenant, requestId);
    await this.mailing.queue(reaction, {
      kind: 'rejected',
      requestId,
      to: [requesterId],
      variables: {
        vmName: request.vm_name,
        project: request.project_name,
        'person:approver': approverId,
        'sealed:reason': reason,
      },
    });
  }
}
