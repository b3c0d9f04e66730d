import type { Database } from '@eaf/tenancy';
import type { ProvisioningTables } from '../tables.js';

export interface InventoryView {
  readonly asOf: Date;
  readonly templates: readonly string[];
  readonly networks: readonly string[];
  /** VMs and templates in the tenant's folder that are not ours. */
  readonly foreignNames: readonly string[];
  readonly datastores: readonly { name: string; freeBytes: number; accessible: boolean }[];
  /** The datastore that new VMs go to. */
  readonly placementDatastore: string;
}

/** What a vCenter had when it last answered; undefined = it never has. */
export async function lastInventory(
  database: Database<ProvisioningTables>,
  tenant: string,
  vcenterId: string,
): Promise<InventoryView | undefined> {
  const { sql } = database;
  const [row] = await database.read(
    tenant,
    sql
      .selectFrom('inventory')
      .innerJoin('vcenter', (join) =>
        join.onRef('vcenter.tenant_id', '=', 'inventory.tenant_id').onRef('vcenter.id', '=', 'inventory.vcenter_id'),
      )
      .select(['as_of', 'templates', 'networks', 'datastores', 'foreign_names', 'datastore'])
      .where('inventory.tenant_id', '=', tenant)
      .where('inventory.vcenter_id', '=', vcenterId),
  );
  return (
    row && {
      asOf: row.as_of,
      templates: row.templates,
      networks: row.networks,
      datastores: row.datastores,
      foreignNames: row.foreign_names,
      placementDatastore: row.datastore,
    }
  );
}
