import { setLanguage } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { TenantTables } from '../read-models/tables.js';

/** A preference in the directory, no fact: it goes with the person. */
@Controller()
export class SetLanguage {
  constructor(private readonly database: Database<TenantTables>) {}

  @Handles(setLanguage)
  async handle(
    { language }: Input<typeof setLanguage>,
    { tenant, actorId }: OperationContext,
  ): Promise<Reply<typeof setLanguage>> {
    const [changed] = await this.database.flush(tenant, [
      this.database.sql
        .updateTable('person')
        .set({ language })
        .where('tenant_id', '=', tenant)
        .where('id', '=', actorId),
    ]);
    return changed?.rowCount === 1 ? { language } : refuse('not-found');
  }
}
