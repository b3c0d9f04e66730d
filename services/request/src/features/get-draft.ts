import { getDraft } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { RequestTables } from '../read-models/tables.js';

@Controller()
export class GetDraft {
  constructor(private readonly database: Database<RequestTables>) {}

  /** Mine alone, also for administrators and auditors. */
  @Handles(getDraft)
  async handle(_: Input<typeof getDraft>, { tenant, actorId }: OperationContext): Promise<Reply<typeof getDraft>> {
    const [row] = await this.database.read(
      tenant,
      this.database.sql
        .selectFrom('request_draft')
        .select(['wish', 'kept_at'])
        .where('tenant_id', '=', tenant)
        .where('person_id', '=', actorId),
    );
    return { draft: row ? { ...row.wish, keptAt: row.kept_at.toISOString() } : null };
  }
}
