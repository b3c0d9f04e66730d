import { requestSubmitted } from '@dvmm/contracts';
import { EventStore, keepCopy, type Reaction } from '@eaf/event-store';
import { Hears } from '@eaf/messaging';
import type { Heard } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { timer } from '../own-timers.js';
import type { ProvisioningTables } from '../tables.js';

/** The request that holds a name is known now: nothing is left to settle. */
@Controller()
export class OnRequestSubmitted {
  constructor(private readonly store: EventStore<ProvisioningTables>) {}

  @Hears(requestSubmitted)
  async handle(
    event: Heard<typeof requestSubmitted>,
    reaction: Reaction<Heard<typeof requestSubmitted>>,
  ): Promise<void> {
    const { sql } = this.store.database;
    await keepCopy(this.store, reaction, [
      sql
        .deleteFrom('due')
        .where('tenant_id', '=', event.tenant)
        .where('kind', '=', timer.settleHold)
        .where('id', '=', event.data.requestId),
    ]);
  }
}
