import { requestSubmitted } from '@dvmm/contracts';
import { EventStore, keepCopy } from '@eaf/event-store';
import { Hears } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import type { NotificationTables } from '../read-models/tables.js';

/** Keeps what later mails say; approvers are written to when their stage opens. */
@Controller()
export class OnRequestSubmitted {
  constructor(private readonly store: EventStore<NotificationTables>) {}

  @Hears(requestSubmitted)
  async handle(event: Heard<typeof requestSubmitted>, reaction: Reaction): Promise<void> {
    const { requestId, requesterId, vm, justification } = event.data;
    await keepCopy(this.store, reaction, [
      this.store.database.sql
        .insertInto('request_copy')
        .values({
          tenant_id: event.tenant,
          request_id: requestId,
          requester_id: requesterId,
          vm_name: vm.name,
          project_name: vm.project.name,
          size: vm.size.key,
          justification,
        })
        .onConflict((conflict) => conflict.doNothing()),
    ]);
  }
}
