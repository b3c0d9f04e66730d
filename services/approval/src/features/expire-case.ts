import { type Claim, release, Timers } from '@eaf/event-store';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
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
    const origin = { tenant: claim.tenant, actorId: 'system:approval', correlationId: uuidv7() };
    await this.cases.decide(origin, claim.id, ({ state }) => decide({ type: 'expire' }, state), {
      also: () => [release(claim)],
    });
  }
}
