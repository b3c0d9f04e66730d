import type { namingRuleSet } from '@dvmm/contracts';
import { EventStore, Streams } from '@eaf/event-store';
import type { FactOf } from '@eaf/messaging/contract';
import { Injectable } from '@nestjs/common';
import type { ProvisioningTables } from './tables.js';

/** How a tenant's names begin: one stream, whose last word counts. */
@Injectable()
export class NamingRule extends Streams<string, FactOf<typeof namingRuleSet>, ProvisioningTables> {
  constructor(store: EventStore<ProvisioningTables>) {
    super(store, {
      category: 'naming',
      initial: '',
      evolve: (_, { data }) => data.prefix,
      project: ({ tenant, data: { prefix } }, sql) => [
        sql
          .insertInto('naming_rule')
          .values({ tenant_id: tenant, prefix })
          .onConflict((row) => row.column('tenant_id').doUpdateSet({ prefix })),
      ],
    });
  }

  /** Empty: names begin as people like. */
  async prefixOf(tenant: string): Promise<string> {
    const { database } = this.store;
    const [rule] = await database.read(
      tenant,
      database.sql.selectFrom('naming_rule').select('prefix').where('tenant_id', '=', tenant),
    );
    return rule?.prefix ?? '';
  }
}
