import { requestAbandoned } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { releaseAbandoned } from '../domain/reservation.js';
import { Reservations } from '../quota/reservations.js';

@Controller()
export class OnRequestAbandoned {
  constructor(private readonly reservations: Reservations) {}

  @Hears(requestAbandoned)
  async handle(event: Heard<typeof requestAbandoned>, reaction: Reaction): Promise<void> {
    const { requestId } = event.data;
    await this.reservations.change(reaction, requestId, (state) => releaseAbandoned(requestId, event.version, state));
  }
}
