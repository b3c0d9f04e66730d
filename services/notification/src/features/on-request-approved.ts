import { requestApproved } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Mailing } from '../mailing.js';
import { RequestCopies } from '../request-copies.js';

@Controller()
export class OnRequestApproved {
  constructor(
    private readonly mailing: Mailing,
    private readonly requests: RequestCopies,
  ) {}

  @Hears(requestApproved)
  async handle(event: Heard<typeof requestApproved>, reaction: Reaction): Promise<void> {
    const { requestId, requesterId, approverIds } = event.data;
    const request = await this.requests.of(event.tenant, requestId);
    await this.mailing.queue(reaction, {
      kind: 'approved',
      requestId,
      to: [requesterId],
      variables: {
        vmName: request.vm_name,
        project: request.project_name,
        // Of several the last, whose word made it so; the inbox names her.
        ...(approverIds.length > 0 ? { 'person:approver': approverIds.at(-1) ?? null } : {}),
      },
    });
  }
}
