import { EventStore, keepCopy } from '@eaf/event-store';
import type { Reaction } from '@eaf/messaging/contract';
import { Injectable } from '@nestjs/common';
import type { NotificationTables } from './read-models/tables.js';

/** Our copy of who administers each tenant: ids alone. */
@Injectable()
export class Administrators {
  constructor(private readonly store: EventStore<NotificationTables>) {}

  async of(tenant: string): Promise<string[]> {
    const { database } = this.store;
    const rows = await database.read(
      tenant,
      database.sql.selectFrom('administrator').select('person_id').where('tenant_id', '=', tenant).orderBy('person_id'),
    );
    return rows.map((row) => row.person_id);
  }

  /** Notes which roles a person holds now. */
  async note(reaction: Reaction, personId: string, roles: readonly string[]): Promise<void> {
    const { sql } = this.store.database;
    const { tenant } = reaction.event;
    await keepCopy(this.store, reaction, [
      roles.includes('tenant-admin')
        ? sql
            .insertInto('administrator')
            .values({ tenant_id: tenant, person_id: personId })
            .onConflict((conflict) => conflict.doNothing())
        : sql.deleteFrom('administrator').where('tenant_id', '=', tenant).where('person_id', '=', personId),
    ]);
  }
}
