import { approversChanged } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Mailing, stageOf } from '../mailing.js';
import { RequestCopies } from '../request-copies.js';

/** Whoever may decide since a role changed is written to; whoever was before is not written to again. */
@Controller()
export class OnApproversChanged {
  constructor(
    private readonly mailing: Mailing,
    private readonly requests: RequestCopies,
  ) {}

  @Hears(approversChanged)
  async handle(event: Heard<typeof approversChanged>, reaction: Reaction): Promise<void> {
    const { requestId, stage, approverIds } = event.data;
    const request = await this.requests.of(event.tenant, requestId);
    await this.mailing.queue(reaction, {
      kind: 'submitted',
      about: stageOf(requestId, stage),
      requestId,
      to: approverIds,
      variables: {
        vmName: request.vm_name,
        project: request.project_name,
        size: request.size,
        'person:requester': request.requester_id,
        'sealed:justification': request.justification,
      },
    });
  }
}
