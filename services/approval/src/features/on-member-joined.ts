import { memberJoined } from '@dvmm/contracts';
import { EventStore, keepCopy, originOf } from '@eaf/event-store';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import type { ApprovalTables } from '../read-models/tables.js';
import { setRoles } from '../role-copies.js';
import { reconsiderSoon } from './reconsider-open-cases.js';

@Controller()
export class OnMemberJoined {
  constructor(private readonly store: EventStore<ApprovalTables>) {}

  @Hears(memberJoined)
  async handle(event: Heard<typeof memberJoined>, reaction: Reaction): Promise<void> {
    await keepCopy(this.store, reaction, [
      setRoles(this.store.database.sql, event.tenant, event.data),
      reconsiderSoon(originOf(reaction, this.store.service)),
    ]);
  }
}
