import { vmDecommissioned } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Reservations } from '../quota/reservations.js';

@Controller()
export class OnVmDecommissioned {
  constructor(private readonly reservations: Reservations) {}

  @Hears(vmDecommissioned)
  async handle(event: Heard<typeof vmDecommissioned>, reaction: Reaction): Promise<void> {
    await this.reservations.release(reaction, event.data.requestId, 'decommissioned');
  }
}
