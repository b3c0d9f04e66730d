import { projectMemberRemoved } from '@dvmm/contracts';
import { EventStore, keepCopy, originOf } from '@eaf/event-store';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import type { ApprovalTables } from '../read-models/tables.js';
import { removeProjectMember } from '../role-copies.js';
import { reconsiderSoon } from './reconsider-open-cases.js';

@Controller()
export class OnProjectMemberRemoved {
  constructor(private readonly store: EventStore<ApprovalTables>) {}

  @Hears(projectMemberRemoved)
  async handle(event: Heard<typeof projectMemberRemoved>, reaction: Reaction): Promise<void> {
    await keepCopy(this.store, reaction, [
      removeProjectMember(this.store.database.sql, event.tenant, event.data),
      reconsiderSoon(originOf(reaction, this.store.service)),
    ]);
  }
}
