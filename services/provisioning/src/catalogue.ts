import { EventStore, Streams } from '@eaf/event-store';
import type { Recorded } from '@eaf/messaging/contract';
import type { SqlStatement } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import type { CatalogueFact } from './domain/catalogue.js';
import type { ProvisioningTables } from './tables.js';

/** Templates and networks that can be asked for: one stream each, of which nothing is decided but that it is there. */
@Injectable()
export class Catalogue extends Streams<undefined, CatalogueFact, ProvisioningTables> {
  constructor(store: EventStore<ProvisioningTables>) {
    super(store, { category: 'offer', initial: undefined, evolve: () => undefined, project: rowsOfOffer });
  }
}

function rowsOfOffer(event: Recorded<CatalogueFact>, sql: Kysely<ProvisioningTables>): SqlStatement[] {
  const { id, name, vcenterId, vcenterName } = event.data;
  const named = { tenant_id: event.tenant, id, name, vcenter_id: vcenterId, vcenter_name: vcenterName };
  if (event.type === 'provisioning.template-offered') {
    const { guest, loginText } = event.data;
    return [sql.insertInto('vm_template').values({ ...named, guest, login_text: JSON.stringify(loginText) })];
  }
  return [sql.insertInto('network').values({ ...named, addressing: JSON.stringify(event.data.addressing) })];
}
