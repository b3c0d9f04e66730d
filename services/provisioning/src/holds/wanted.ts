import type { Addressing } from '@dvmm/contracts';
import type { Database } from '@eaf/tenancy';
import { nextFreeName, stemOf } from '../domain/free-name.js';
import type { ProvisioningTables } from '../tables.js';

export interface OfferedTemplate {
  readonly id: string;
  readonly name: string;
  readonly vcenterId: string;
  readonly vcenterName: string;
}
export interface OfferedNetwork extends OfferedTemplate {
  readonly addressing: Addressing;
}

/** The template and network that somebody wants, as the catalogue has them now. */
export async function offersWanted(
  database: Database<ProvisioningTables>,
  tenant: string,
  wanted: { templateId: string; networkId: string },
): Promise<{ template: OfferedTemplate | undefined; network: OfferedNetwork | undefined }> {
  const { sql } = database;
  const [templates, networks] = await database.flush(tenant, [
    sql
      .selectFrom('vm_template')
      .select(['id', 'name', 'vcenter_id as vcenterId', 'vcenter_name as vcenterName'])
      .where('tenant_id', '=', tenant)
      .where('id', '=', wanted.templateId),
    sql
      .selectFrom('network')
      .select(['id', 'name', 'vcenter_id as vcenterId', 'vcenter_name as vcenterName', 'addressing'])
      .where('tenant_id', '=', tenant)
      .where('id', '=', wanted.networkId),
  ]);
  const template = templates?.rows[0] as OfferedTemplate | undefined;
  const network = networks?.rows[0] as OfferedNetwork | undefined;
  // A network of another vCenter is none for this template.
  return { template, network: network?.vcenterId === template?.vcenterId ? network : undefined };
}

/**
 * A name near the wanted one that nobody holds. It is not held by this.
 * @param foreign names that vCenter has besides
 */
export async function suggestName(
  database: Database<ProvisioningTables>,
  tenant: string,
  name: string,
  foreign: readonly string[],
): Promise<string> {
  const { sql } = database;
  const stem = stemOf(name);
  const rows = await database.read(
    tenant,
    // Names are letters, digits and hyphens, so none has a wildcard of LIKE.
    sql.selectFrom('name_hold').select('name').where('tenant_id', '=', tenant).where('name', 'like', `${stem}%`),
  );
  return nextFreeName(name, new Set([...rows.map((row) => row.name), ...foreign]));
}
