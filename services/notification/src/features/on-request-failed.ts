import { requestFailed } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Mailing } from '../mailing.js';
import { RequestCopies } from '../request-copies.js';

@Controller()
export class OnRequestFailed {
  constructor(
    private readonly mailing: Mailing,
    private readonly requests: RequestCopies,
  ) {}

  @Hears(requestFailed)
  async handle(event: Heard<typeof requestFailed>, reaction: Reaction): Promise<void> {
    const { requestId, requesterId, detail, nothingLeft } = event.data;
    const request = await this.requests.of(event.tenant, requestId);
    await this.mailing.queue(reaction, {
      kind: 'failed',
      requestId,
      to: [requesterId],
      variables: {
        vmName: request.vm_name,
        project: request.project_name,
        detail,
        nothingLeft: nothingLeft ? 'yes' : 'no',
      },
    });
  }
}
