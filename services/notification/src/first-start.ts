import { platformTenant } from '@dvmm/contracts';
import { Database } from '@eaf/tenancy';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { NotificationTables } from './read-models/tables.js';

/** When this service first ran (D5, `effectsSince`): nobody is written to about what happened before. */
@Injectable()
export class FirstStart implements OnModuleInit {
  #at: Date | undefined;

  constructor(private readonly database: Database<NotificationTables>) {}

  /** Noted before the first event is heard: noted with it, that event itself would count as older. */
  async onModuleInit(): Promise<void> {
    await this.at();
  }

  async at(): Promise<Date> {
    if (this.#at) return this.#at;
    const { sql } = this.database;
    const [, found] = await this.database.flush(platformTenant, [
      sql
        .insertInto('effects_since')
        .values({ tenant_id: platformTenant } as never)
        .onConflict((conflict) => conflict.doNothing()),
      sql.selectFrom('effects_since').select('since').where('tenant_id', '=', platformTenant),
    ]);
    this.#at = (found?.rows[0] as { since: Date }).since;
    return this.#at;
  }
}
