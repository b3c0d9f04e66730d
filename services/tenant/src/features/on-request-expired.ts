import { requestExpired } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { release } from '../domain/reservation.js';
import { Reservations } from '../quota/reservations.js';

@Controller()
export class OnRequestExpired {
  constructor(private readonly reservations: Reservations) {}

  @Hears(requestExpired)
  async handle(event: Heard<typeof requestExpired>, reaction: Reaction): Promise<void> {
    const { requestId } = event.data;
    await this.reservations.change(reaction, requestId, (state) => release(requestId, 'expired', state));
  }
}
