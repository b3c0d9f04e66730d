import { nobodyMayDecide } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Administrators } from '../administrators.js';
import { Mailing } from '../mailing.js';
import { RequestCopies } from '../request-copies.js';

/** The case waits until a role changes, and only the tenant's administrators can change one. */
@Controller()
export class OnNobodyMayDecide {
  constructor(
    private readonly mailing: Mailing,
    private readonly requests: RequestCopies,
    private readonly administrators: Administrators,
  ) {}

  @Hears(nobodyMayDecide)
  async handle(event: Heard<typeof nobodyMayDecide>, reaction: Reaction): Promise<void> {
    const { requestId, stage } = event.data;
    const request = await this.requests.of(event.tenant, requestId);
    await this.mailing.queue(reaction, {
      kind: 'nobody-may-decide',
      requestId,
      to: await this.administrators.of(event.tenant),
      variables: {
        vmName: request.vm_name,
        project: request.project_name,
        stage: stage.name,
        'person:requester': request.requester_id,
      },
    });
  }
}
