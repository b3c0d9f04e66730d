import { EventStore, Streams } from '@eaf/event-store';
import type { Recorded } from '@eaf/messaging/contract';
import type { SqlStatement } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import {
  evolveConnection,
  notConnected,
  type VCenterConnection,
  type VCenterFact,
} from '../domain/vcenter-connection.js';
import type { ProvisioningTables } from '../tables.js';

/** The vCenter connections: one stream each. */
@Injectable()
export class VCenters extends Streams<VCenterConnection, VCenterFact, ProvisioningTables> {
  constructor(store: EventStore<ProvisioningTables>) {
    super(store, { category: 'vcenter', initial: notConnected, evolve: evolveConnection, project: rowsOfVCenter });
  }
}

function rowsOfVCenter(event: Recorded<VCenterFact>, sql: Kysely<ProvisioningTables>): SqlStatement[] {
  const row = sql.updateTable('vcenter').where('tenant_id', '=', event.tenant).where('id', '=', event.data.vcenterId);
  switch (event.type) {
    case 'provisioning.vcenter-connected':
      return []; // The row is a record that the feature writes: it holds the certificate, which is in no event.
    case 'provisioning.vcenter-went-away':
      return [row.set({ away_since: event.time, away_why: event.data.why })];
    case 'provisioning.vcenter-came-back':
      return [row.set({ away_since: null, away_why: null })];
  }
}
