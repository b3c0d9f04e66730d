import { vmReady } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { RequestFate } from '../request-fate.js';

@Controller()
export class OnVmReady {
  constructor(private readonly fate: RequestFate) {}

  @Hears(vmReady)
  async handle(event: Heard<typeof vmReady>, reaction: Reaction): Promise<void> {
    const { requestId, vmId, hostName, addresses, loginText } = event.data;
    await this.fate.decide(reaction, requestId, { type: 'note-ready', vmId, hostName, addresses, loginText });
  }
}
