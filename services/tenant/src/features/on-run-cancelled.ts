import { runCancelled } from '@dvmm/contracts';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { release } from '../domain/reservation.js';
import { Reservations } from '../quota/reservations.js';

@Controller()
export class OnRunCancelled {
  constructor(private readonly reservations: Reservations) {}

  @Hears(runCancelled)
  async handle(event: Heard<typeof runCancelled>, reaction: Reaction): Promise<void> {
    const { requestId } = event.data;
    await this.reservations.change(reaction, requestId, (state) => release(requestId, 'removed', state));
  }
}
