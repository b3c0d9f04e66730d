import { vmNotCustomised } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { RequestFate } from '../request-fate.js';

@Controller()
export class OnVmNotCustomised {
  constructor(private readonly fate: RequestFate) {}

  @Hears(vmNotCustomised)
  async handle(event: Heard<typeof vmNotCustomised>, reaction: Reaction): Promise<void> {
    const { requestId, vmId, reason } = event.data;
    await this.fate.decide(reaction, requestId, { type: 'note-not-customised', vmId, reason });
  }
}
