import { EventStore, Streams } from '@eaf/event-store';
import type { Recorded } from '@eaf/messaging/contract';
import type { SqlStatement } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { evolveVm, living, type VmFact, type VmLife } from './domain/vm-lifecycle.js';
import type { ProvisioningTables } from './tables.js';

/** The VMs after their making: one stream a VM. */
@Injectable()
export class Vms extends Streams<VmLife, VmFact, ProvisioningTables> {
  constructor(store: EventStore<ProvisioningTables>) {
    super(store, { category: 'vm', initial: living, evolve: evolveVm, project: rowsOfVm });
  }
}

function rowsOfVm(event: Recorded<VmFact>, sql: Kysely<ProvisioningTables>): SqlStatement[] {
  const fact = event as VmFact;
  const row = sql.updateTable('vm').where('tenant_id', '=', event.tenant).where('id', '=', event.data.vmId);
  switch (fact.type) {
    case 'provisioning.vm-power-requested':
    case 'provisioning.vm-decommission-held-up': // Its row is written at each try, also once nothing holds it up.
      return [];
    case 'provisioning.vm-power-changed':
      return [row.set({ power: fact.data.power })];
    case 'provisioning.vm-decommission-requested':
      return [row.set({ state: 'decommissioning' })];
    case 'provisioning.vm-decommissioned':
      return [row.set({ state: 'decommissioned', power: 'unknown', addresses: '[]' })];
  }
}
