import { type Claim, EventStore, type Origin, release, setTimer, Timers } from '@eaf/event-store';
import { Live } from '@eaf/messaging';
import type { SqlStatement } from '@eaf/tenancy';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cases } from '../cases.js';
import { decide } from '../domain/approval-case.js';
import { Electorates } from '../electorates.js';
import { hintOf } from '../hint.js';
import type { ApprovalTables } from '../read-models/tables.js';

const reconsiderTimer = 'reconsider-open-cases';
const all = 'all';

/**
 * Open cases are looked at anew, one by one, right after this is stored: all of them, as part of noting a changed role;
 * one, as part of opening its stage, since who fits was read before and a role may have been taken in between.
 */
export function reconsiderSoon(origin: Origin, requestId = all): SqlStatement {
  return setTimer(reconsiderTimer, requestId, new Date(0), origin);
}

/** A role was given or taken: whoever may decide the open stages may have changed with it (D14). */
@Injectable()
export class ReconsiderOpenCases implements OnModuleInit {
  constructor(
    private readonly store: EventStore<ApprovalTables>,
    private readonly cases: Cases,
    private readonly electorates: Electorates,
    private readonly timers: Timers,
    private readonly live: Live,
  ) {}

  onModuleInit(): void {
    this.timers.on(reconsiderTimer, (claim) => this.#reconsider(claim));
  }

  async #reconsider(claim: Claim): Promise<void> {
    const { tenant, origin } = claim;
    const { database } = this.store;
    const cases = database.sql
      .selectFrom('approval_case')
      .select('id')
      .where('tenant_id', '=', tenant)
      .where('outcome', '=', 'open');
    const open = await database.read(tenant, claim.id === all ? cases : cases.where('id', '=', claim.id));
    for (const { id } of open) {
      const { state } = await this.cases.load(origin, id);
      if (state.outcome !== 'open') continue;
      const electorate = await this.electorates.of(tenant, state.stages, state.projectId);
      await this.cases.decide(origin, id, (loaded) => decide({ type: 'reconsider', electorate }, loaded.state));
      this.live.tell(tenant, hintOf(id, [state.requesterId, ...state.eligible]));
    }
    await this.store.commit(origin, [], { statements: [release(claim)] });
  }
}
