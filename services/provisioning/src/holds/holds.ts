import { type Append, EventStore, type Origin, Streams, withoutKey } from '@eaf/event-store';
import type { Recorded } from '@eaf/messaging/contract';
import type { SqlStatement } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { evolveHold, type Hold, type HoldFact, noHold, releaseHold } from '../domain/hold.js';
import type { ProvisioningTables } from '../tables.js';

/** What requests hold: a stream a request; the tables' primary keys decide who gets a name or an address. */
@Injectable()
export class Holds extends Streams<Hold, HoldFact, ProvisioningTables> {
  constructor(store: EventStore<ProvisioningTables>) {
    super(store, { category: 'hold', initial: noHold, evolve: evolveHold, project: rowsOfHold });
  }

  /** A release to be stored together with the event that is its reason. */
  async releasing(
    origin: Origin,
    requestId: string,
    because: string,
  ): Promise<{ appends: Append[]; statements: SqlStatement[] }> {
    const loaded = await this.load(withoutKey(origin), requestId);
    const append = this.record(origin, loaded, releaseHold(loaded.state, requestId, because));
    return { appends: [append], statements: this.rows(append.recorded) };
  }
}

function rowsOfHold(event: Recorded<HoldFact>, sql: Kysely<ProvisioningTables>): SqlStatement[] {
  const { tenant } = event;
  const { requestId } = event.data;
  if (event.type === 'provisioning.hold-released') {
    return [
      sql.deleteFrom('name_hold').where('tenant_id', '=', tenant).where('request_id', '=', requestId),
      sql.deleteFrom('address_hold').where('tenant_id', '=', tenant).where('request_id', '=', requestId),
    ];
  }
  const { name, network, address } = event.data;
  const networkId = network.id;
  return [
    sql
      .insertInto('name_hold')
      .values({ tenant_id: tenant, name, request_id: requestId, network_id: networkId, held_at: event.time }),
    ...(address
      ? [
          sql
            .insertInto('address_hold')
            .values({ tenant_id: tenant, network_id: networkId, address, request_id: requestId }),
        ]
      : []),
  ];
}
