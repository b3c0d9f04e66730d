import { runFailed } from '@dvmm/contracts';
import { EventStore, keepCopy } from '@eaf/event-store';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { release } from '../domain/reservation.js';
import { Reservations } from '../quota/reservations.js';
import type { TenantTables } from '../read-models/tables.js';

/** Something half-made may still use what was reserved: only proof that nothing is left frees it. */
@Controller()
export class OnRunFailed {
  constructor(
    private readonly reservations: Reservations,
    private readonly store: EventStore<TenantTables>,
  ) {}

  @Hears(runFailed)
  async handle(event: Heard<typeof runFailed>, reaction: Reaction): Promise<void> {
    const { requestId, nothingLeft } = event.data;
    if (nothingLeft)
      await this.reservations.change(reaction, requestId, (state) => release(requestId, 'failed', state));
    else await keepCopy(this.store, reaction, []);
  }
}
