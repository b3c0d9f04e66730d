import type { Addressing } from '@dvmm/contracts';
import { type Compilable, type Kysely, sql as raw } from 'kysely';
import type { ProvisioningTables } from '../tables.js';

type Static = Extract<Addressing, { mode: 'static' }>;

/**
 * The first free addresses of a pool. More than one, so that those who lose the race for the first have another at hand;
 * the table's primary key decides the race.
 */
export function freeAddresses(
  sql: Kysely<ProvisioningTables>,
  tenant: string,
  networkId: string,
  { first, last, gateway }: Static,
  limit = 64,
): Compilable<{ address: string }> {
  return sql
    .selectFrom(
      raw<{
        address: string;
      }>`(SELECT ${first}::inet + n AS address FROM generate_series(0, ${last}::inet - ${first}::inet) AS n)`.as(
        'pool',
      ),
    )
    .select(raw<string>`host(pool.address::inet)`.as('address'))
    .where(raw<boolean>`pool.address::inet <> ${gateway}::inet`)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('address_hold')
            .select('request_id')
            .where('tenant_id', '=', tenant)
            .where('network_id', '=', networkId)
            .where(raw<boolean>`address_hold.address = pool.address::inet`),
        ),
      ),
    )
    .orderBy('pool.address')
    .limit(limit);
}
