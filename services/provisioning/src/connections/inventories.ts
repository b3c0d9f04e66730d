import { Live } from '@eaf/messaging';
import { Database } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import { NotFoundInVCenter } from '../hypervisor/faults.js';
import type { Hypervisor, Inventory } from '../hypervisor/hypervisor.js';
import { tellOfVm } from '../live-hints.js';
import { type InventoryView, lastInventory } from '../read-models/inventory.js';
import { rowsOfInventory } from '../read-models/inventory-rows.js';
import { lookupMs } from '../run/step-work.js';
import { Settings } from '../settings.js';
import type { ProvisioningTables } from '../tables.js';
import type { Connected } from './hypervisors.js';

/** Nobody waits for the timer's reading. */
const unhurriedMs = 15_000;

/** Inventories: read from vCenter at times, and asked for in between. */
@Injectable()
export class Inventories {
  constructor(
    private readonly database: Database<ProvisioningTables>,
    private readonly live: Live,
    private readonly settings: Settings,
  ) {}

  /** Reads the inventory from vCenter and keeps it. @throws what the hypervisor throws */
  async refresh(tenant: string, { vcenter, hypervisor }: Connected, deadlineMs = unhurriedMs): Promise<InventoryView> {
    const { sql } = this.database;
    const [clock] = await this.database.flush(tenant, [{ sql: 'SELECT now() AS now', parameters: [] }]);
    const asOf = (clock?.rows[0] as { now: Date }).now;
    const [inventory, about] = await Promise.all([inventoryOf(hypervisor, deadlineMs), hypervisor.about(deadlineMs)]);
    const results = await this.database.flush(tenant, [
      ...rowsOfInventory(sql, { tenant, vcenterId: vcenter.id, asOf }, inventory),
      sql
        .updateTable('vcenter')
        .set({ last_seen_at: asOf, instance_uuid: about.instanceUuid })
        .where('tenant_id', '=', tenant)
        .where('id', '=', vcenter.id),
    ]);
    const changed = [...(results[1]?.rows ?? []), ...(results[2]?.rows ?? [])] as {
      id: string;
      owner_id: string;
      project_id: string;
    }[];
    for (const vm of changed)
      tellOfVm(this.live, tenant, { id: vm.id, ownerId: vm.owner_id, projectId: vm.project_id });
    return {
      asOf,
      templates: inventory.templates,
      networks: inventory.networks,
      datastores: inventory.datastores,
      foreignNames: results[0]?.rows[0]?.foreign_names as string[],
      placementDatastore: vcenter.datastore,
    };
  }

  /** The last one read, or a new one when that is older than two rounds. @throws what the hypervisor throws */
  async fresh(tenant: string, connected: Connected): Promise<InventoryView> {
    const last = await lastInventory(this.database, tenant, connected.vcenter.id);
    const old = !last || Date.now() - last.asOf.getTime() > 2 * this.settings.inventoryEveryMs;
    return old ? this.refresh(tenant, connected, lookupMs) : last;
  }
}

/** Before the tenant's first VM its folder may not be there. */
async function inventoryOf(hypervisor: Hypervisor, deadlineMs: number): Promise<Inventory> {
  try {
    return await hypervisor.inventory(deadlineMs);
  } catch (error) {
    if (!(error instanceof NotFoundInVCenter && error.kind === 'folder')) throw error;
    await hypervisor.ensureFolder(deadlineMs);
    return hypervisor.inventory(deadlineMs);
  }
}
