import type { SqlStatement } from '@eaf/tenancy';
import { type Kysely, sql as raw } from 'kysely';
import { isReachable } from '../domain/reachable-address.js';
import type { Inventory, PowerState } from '../hypervisor/hypervisor.js';
import type { ProvisioningTables } from '../tables.js';

export const shownPower: Record<PowerState, 'on' | 'off' | 'suspended'> = {
  poweredOn: 'on',
  poweredOff: 'off',
  suspended: 'suspended',
};

/**
 * Rows that follow from an inventory. VMs are written only where something differs, so that a quiet thousand costs
 * nothing; the changed ones are returned by the second statement.
 * @param asOf when the reading began: a VM made since then is not missing
 */
export function rowsOfInventory(
  sql: Kysely<ProvisioningTables>,
  { tenant, vcenterId, asOf }: { tenant: string; vcenterId: string; asOf: Date },
  inventory: Inventory,
): [SqlStatement, SqlStatement, SqlStatement] {
  const found = {
    as_of: asOf,
    templates: JSON.stringify(inventory.templates),
    networks: JSON.stringify(inventory.networks),
    foreign_names: namesNotOurs(tenant, inventory),
    datastores: JSON.stringify(inventory.datastores),
  };
  const vms = inventory.vms
    .filter(({ marker, instanceUuid }) => marker !== undefined && instanceUuid !== undefined)
    .map((vm) => ({
      instance_uuid: vm.instanceUuid,
      power: shownPower[vm.powerState],
      addresses: vm.ipAddresses.filter(isReachable),
      host_name: vm.guestHostName ?? null,
    }));
  return [
    sql
      .insertInto('inventory')
      .values({ tenant_id: tenant, vcenter_id: vcenterId, ...found })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'vcenter_id']).doUpdateSet(found))
      .returning('foreign_names'),
    {
      // A machine that is off reports no address: the last known one stays.
      sql: `UPDATE vm SET power = seen.power, missing_since = NULL, host_name = coalesce(seen.host_name, vm.host_name),
                   addresses = CASE WHEN seen.addresses = '[]' THEN vm.addresses ELSE seen.addresses END
            FROM jsonb_to_recordset($1::jsonb) AS seen (instance_uuid uuid, power text, addresses jsonb, host_name text)
            WHERE vm.tenant_id = $2 AND vm.vcenter_id = $3 AND vm.instance_uuid = seen.instance_uuid AND vm.state <> 'decommissioned'
              AND (vm.power <> seen.power OR vm.missing_since IS NOT NULL
                   OR vm.host_name IS DISTINCT FROM coalesce(seen.host_name, vm.host_name)
                   OR (seen.addresses <> '[]' AND vm.addresses <> seen.addresses))
            RETURNING vm.id, vm.owner_id, vm.project_id`,
      parameters: [JSON.stringify(vms), tenant, vcenterId],
    },
    sql
      .updateTable('vm')
      .set({ missing_since: asOf, power: 'unknown' })
      .where('tenant_id', '=', tenant)
      .where('vcenter_id', '=', vcenterId)
      .where('state', '<>', 'decommissioned')
      .where('missing_since', 'is', null)
      .where('created_at', '<', asOf)
      .where(raw<boolean>`instance_uuid <> ALL(${vms.map((vm) => vm.instance_uuid)}::uuid[])`)
      .returning(['id', 'owner_id', 'project_id']),
  ];
}

/**
 * What stands in the tenant's folder and was not made by a run of this tenant. A marker alone is no proof: another
 * installation sets one too, and whoever clones a VM of ours by hand copies it.
 */
function namesNotOurs(tenant: string, { vms, templatesInFolder }: Inventory) {
  const inFolder = [
    ...vms.map(({ name, marker }) => ({ name, marker: marker ?? null })),
    ...templatesInFolder.map((name) => ({ name, marker: null })),
  ];
  return raw<string>`(
    SELECT coalesce(jsonb_agg(standing.name), '[]')
    FROM jsonb_to_recordset(${JSON.stringify(inFolder)}::jsonb) AS standing (name text, marker text)
    WHERE NOT EXISTS (SELECT FROM run WHERE run.tenant_id = ${tenant} AND run.id::text = standing.marker AND run.vm_name = standing.name))`;
}
