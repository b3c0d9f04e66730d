import { settleRequest } from '@dvmm/contracts';
import { type Claim, EventStore, release, Timers } from '@eaf/event-store';
import { Calls } from '@eaf/messaging';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Reservations, settleTimer } from '../quota/reservations.js';
import type { TenantTables } from '../read-models/tables.js';

/** Never frees by time alone (D4): asks whether the request came into being. If not, request says so by an event, and that frees. */
@Injectable()
export class SettleReservation implements OnModuleInit {
  constructor(
    private readonly store: EventStore<TenantTables>,
    private readonly reservations: Reservations,
    private readonly timers: Timers,
    private readonly calls: Calls,
  ) {}

  onModuleInit(): void {
    this.timers.on(settleTimer, (claim) => this.#settle(claim));
  }

  async #settle(claim: Claim): Promise<void> {
    const { origin } = claim;
    const { state } = await this.reservations.load(origin, claim.id);
    // Each question about a request that does not exist leaves an event; what is free or used by now raises none.
    if (state.phase === 'reserved') await this.calls.askAsService(settleRequest, { id: claim.id }, origin);
    await this.store.commit(origin, [], { statements: [release(claim)] });
  }
}
