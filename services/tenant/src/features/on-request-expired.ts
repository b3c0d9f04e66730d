import { requestExpired } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Reservations } from '../quota/reservations.js';

@Controller()
export class OnRequestExpired {
  constructor(private readonly reservations: Reservations) {}

  @Hears(requestExpired)
  async handle(event: Heard<typeof requestExpired>, reaction: Reaction): Promise<void> {
    await this.reservations.release(reaction, event.data.requestId, 'expired');
  }
}
