import { type Claim, release, Timers } from '@eaf/event-store';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cases } from '../cases.js';
import { decide } from '../domain/approval-case.js';

export const expiryTimer = 'case-expiry';

@Injectable()
export class ExpireCase implements OnModuleInit {
  constructor(
    private readonly cases: Cases,
    private readonly timers: Timers,
  ) {}

  onModuleInit(): void {
    this.timers.on(expiryTimer, (claim) => this.#expire(claim));
  }

  async #expire(claim: Claim): Promise<void> {
    await this.cases.decide(claim.origin, claim.id, ({ state }) => decide({ type: 'expire' }, state), {
      also: () => [release(claim)],
    });
  }
}
