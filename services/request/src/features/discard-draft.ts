import { discardDraft } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { forgetDraft } from '../read-models/forget-draft.js';
import type { RequestTables } from '../read-models/tables.js';

@Controller()
export class DiscardDraft {
  constructor(private readonly database: Database<RequestTables>) {}

  @Handles(discardDraft)
  async handle(
    _: Input<typeof discardDraft>,
    { tenant, actorId }: OperationContext,
  ): Promise<Reply<typeof discardDraft>> {
    await this.database.flush(tenant, [forgetDraft(this.database.sql, tenant, actorId)]);
    return {};
  }
}
