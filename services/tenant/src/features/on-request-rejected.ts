import { requestRejected } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Reservations } from '../quota/reservations.js';

@Controller()
export class OnRequestRejected {
  constructor(private readonly reservations: Reservations) {}

  @Hears(requestRejected)
  async handle(event: Heard<typeof requestRejected>, reaction: Reaction): Promise<void> {
    await this.reservations.release(reaction, event.data.requestId, 'rejected');
  }
}
