import type { Addressing } from '@dvmm/contracts';
import type { Database } from '@eaf/tenancy';
import type { RunSpec } from '../domain/run-state.js';
import type { TaskRef } from '../hypervisor/hypervisor.js';
import type { ProvisioningTables } from '../tables.js';

export interface Surroundings {
  readonly template: { vcenterName: string; guest: string; loginText: { de: string; en: string } };
  readonly network: { vcenterName: string; addressing: Addressing };
  /** Whether the request still holds name and address. */
  readonly holdStands: boolean;
  /** The clone's task, if it is known to have been started. */
  readonly cloneTask: TaskRef | null;
}

/** What a run needs to know besides its own events, in one round trip. */
export async function surroundingsOf(
  database: Database<ProvisioningTables>,
  tenant: string,
  spec: RunSpec,
): Promise<Surroundings> {
  const { sql } = database;
  const [templates, networks, holds, runs] = await database.flush(tenant, [
    sql.selectFrom('vm_template').selectAll().where('tenant_id', '=', tenant).where('id', '=', spec.templateId),
    sql.selectFrom('network').selectAll().where('tenant_id', '=', tenant).where('id', '=', spec.networkId),
    sql.selectFrom('name_hold').select('name').where('tenant_id', '=', tenant).where('request_id', '=', spec.requestId),
    sql.selectFrom('run').select('clone_task').where('tenant_id', '=', tenant).where('id', '=', spec.requestId),
  ]);
  const template = templates?.rows[0];
  const network = networks?.rows[0];
  if (!template || !network)
    throw new Error(`Template or network of run ${spec.requestId} is gone from the catalogue.`);
  return {
    template: { vcenterName: template.vcenter_name, guest: template.guest, loginText: template.login_text },
    network: { vcenterName: network.vcenter_name, addressing: network.addressing },
    holdStands: holds?.rows[0]?.name === spec.vmName,
    cloneTask: runs?.rows[0]?.clone_task ?? null,
  };
}
