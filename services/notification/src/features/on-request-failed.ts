import { requestFailed } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Administrators } from '../administrators.js';
import { Mailing } from '../mailing.js';
import { RequestCopies } from '../request-copies.js';

/** The requester hears what became of it; the administrators hear what they can do. */
@Controller()
export class OnRequestFailed {
  constructor(
    private readonly mailing: Mailing,
    private readonly requests: RequestCopies,
    private readonly administrators: Administrators,
  ) {}

  @Hears(requestFailed)
  async handle(event: Heard<typeof requestFailed>, reaction: Reaction): Promise<void> {
    const { requestId, requesterId, reason, detail, nothingLeft } = event.data;
    const request = await this.requests.of(event.tenant, requestId);
    const variables = {
      vmName: request.vm_name,
      project: request.project_name,
      reason,
      detail,
      nothingLeft: nothingLeft ? 'yes' : 'no',
    };
    await this.mailing.queue(
      reaction,
      { kind: 'failed', requestId, to: [requesterId], variables },
      {
        kind: 'provisioning-failed',
        requestId,
        to: await this.administrators.of(event.tenant),
        variables: { ...variables, 'person:requester': requesterId },
      },
    );
  }
}
