import { requestRejected } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { release } from '../domain/reservation.js';
import { Reservations } from '../quota/reservations.js';

@Controller()
export class OnRequestRejected {
  constructor(private readonly reservations: Reservations) {}

  @Hears(requestRejected)
  async handle(event: Heard<typeof requestRejected>, reaction: Reaction): Promise<void> {
    const { requestId } = event.data;
    await this.reservations.change(reaction, requestId, (state) => release(requestId, 'rejected', state));
  }
}
