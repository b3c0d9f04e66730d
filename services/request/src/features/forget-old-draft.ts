import { release, Timers } from '@eaf/event-store';
import { Database } from '@eaf/tenancy';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { forgetDraft } from '../read-models/forget-draft.js';
import type { RequestTables } from '../read-models/tables.js';

export const draftTimer = 'forget-draft';

/** Rings 30 days after the draft was last kept: keeping it moves the timer, and takes the claim away from a ring under way. */
@Injectable()
export class ForgetOldDraft implements OnModuleInit {
  constructor(
    private readonly database: Database<RequestTables>,
    private readonly timers: Timers,
  ) {}

  onModuleInit(): void {
    this.timers.on(draftTimer, async (claim) => {
      await this.database.flush(claim.tenant, [forgetDraft(this.database.sql, claim.tenant, claim.id), release(claim)]);
    });
  }
}
