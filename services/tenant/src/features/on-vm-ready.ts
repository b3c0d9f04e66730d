import { vmReady } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { consume } from '../domain/reservation.js';
import { Reservations } from '../quota/reservations.js';

@Controller()
export class OnVmReady {
  constructor(private readonly reservations: Reservations) {}

  @Hears(vmReady)
  async handle(event: Heard<typeof vmReady>, reaction: Reaction): Promise<void> {
    const { requestId } = event.data;
    await this.reservations.change(reaction, requestId, (state) => consume(requestId, state));
  }
}
