import { EventStore, Streams } from '@eaf/event-store';
import type { Recorded } from '@eaf/messaging/contract';
import type { SqlStatement } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { type CatalogueFact, notOffered, type Offer } from './domain/catalogue.js';
import type { ProvisioningTables } from './tables.js';

/** Templates and networks that can be asked for: one stream each. */
@Injectable()
export class Catalogue extends Streams<Offer, CatalogueFact, ProvisioningTables> {
  constructor(store: EventStore<ProvisioningTables>) {
    super(store, { category: 'offer', initial: notOffered, evolve: () => ({ made: true }), project: rowsOfOffer });
  }
}

function rowsOfOffer(event: Recorded<CatalogueFact>, sql: Kysely<ProvisioningTables>): SqlStatement[] {
  const fact = event as CatalogueFact;
  const { id, name, vcenterId, vcenterName } = fact.data;
  const named = { tenant_id: event.tenant, id, name, vcenter_id: vcenterId, vcenter_name: vcenterName };
  if (fact.type === 'provisioning.template-offered') {
    const { guest, loginText } = fact.data;
    return [sql.insertInto('vm_template').values({ ...named, guest, login_text: JSON.stringify(loginText) })];
  }
  return [sql.insertInto('network').values({ ...named, addressing: JSON.stringify(fact.data.addressing) })];
}
