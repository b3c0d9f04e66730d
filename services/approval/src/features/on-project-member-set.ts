import { projectMemberSet } from '@dvmm/contracts';
import { EventStore, keepCopy, originOf } from '@eaf/event-store';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import type { ApprovalTables } from '../read-models/tables.js';
import { setProjectMember } from '../role-copies.js';
import { reconsiderSoon } from './reconsider-open-cases.js';

@Controller()
export class OnProjectMemberSet {
  constructor(private readonly store: EventStore<ApprovalTables>) {}

  @Hears(projectMemberSet)
  async handle(event: Heard<typeof projectMemberSet>, reaction: Reaction): Promise<void> {
    await keepCopy(this.store, reaction, [
      setProjectMember(this.store.database.sql, event.tenant, event.data),
      reconsiderSoon(originOf(reaction, this.store.service)),
    ]);
  }
}
