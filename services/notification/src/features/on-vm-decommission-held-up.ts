import { vmDecommissionHeldUp } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Administrators } from '../administrators.js';
import { Mailing } from '../mailing.js';

/** Only the tenant's administrators can mend what vCenter forbids. They hear of each reason once, however it comes and goes. */
@Controller()
export class OnVmDecommissionHeldUp {
  constructor(
    private readonly mailing: Mailing,
    private readonly administrators: Administrators,
  ) {}

  @Hears(vmDecommissionHeldUp)
  async handle(event: Heard<typeof vmDecommissionHeldUp>, reaction: Reaction): Promise<void> {
    const { vmId, requestId, vmName, reason } = event.data;
    await this.mailing.queue(reaction, {
      kind: 'decommission-held-up',
      about: `${vmId}/${reason}`,
      requestId,
      to: await this.administrators.of(event.tenant),
      variables: { vmName, vmId, reason },
    });
  }
}
