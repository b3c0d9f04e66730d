import { setPreferences } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { TenantTables } from '../read-models/tables.js';

/** Preferences in the directory, no facts: they go with the person. */
@Controller()
export class SetPreferences {
  constructor(private readonly database: Database<TenantTables>) {}

  @Handles(setPreferences)
  async handle(
    { language, timeZone, leftGuides }: Input<typeof setPreferences>,
    { tenant, actorId }: OperationContext,
  ): Promise<Reply<typeof setPreferences>> {
    const { sql } = this.database;
    const change = {
      ...(language && { language }),
      ...(timeZone !== undefined && { time_zone: timeZone }),
      ...(leftGuides && { left_guides: leftGuides }),
    };
    const statements = [
      // Only what was named: two pages that each change one thing do not undo each other.
      ...(Object.keys(change).length > 0
        ? [sql.updateTable('person').set(change).where('tenant_id', '=', tenant).where('id', '=', actorId)]
        : []),
      sql
        .selectFrom('person')
        .select(['language', 'time_zone as timeZone', 'left_guides as leftGuides'])
        .where('tenant_id', '=', tenant)
        .where('id', '=', actorId),
    ];
    const results = await this.database.flush(tenant, statements);
    const kept = results.at(-1)?.rows[0] as Reply<typeof setPreferences> | undefined;
    return kept ?? refuse('not-found');
  }
}
