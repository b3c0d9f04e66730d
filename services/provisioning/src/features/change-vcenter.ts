import { changeVCenter } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { OutboundHosts } from '@eaf/service';
import { Database, isUniqueViolation } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { EnterVCenter } from '../connections/enter-vcenter.js';
import { areReadable } from '../connections/readable-certificates.js';
import { VCenters } from '../connections/vcenters.js';
import type { ShownVCenter } from '../read-models/vcenter-list.js';
import type { ProvisioningTables } from '../tables.js';

@Controller()
export class ChangeVCenter {
  constructor(
    private readonly vcenters: VCenters,
    private readonly enter: EnterVCenter,
    private readonly outbound: OutboundHosts,
    private readonly database: Database<ProvisioningTables>,
  ) {}

  @Handles(changeVCenter)
  async handle(input: Input<typeof changeVCenter>, context: OperationContext): Promise<Reply<typeof changeVCenter>> {
    const { id, password, ...settings } = input;
    if (!(await this.outbound.allows(settings.host)))
      return refuse('vcenter.host-not-allowed', { host: settings.host });
    if (settings.certificate !== null && !areReadable(settings.certificate))
      return refuse('vcenter.certificate-unreadable');
    const loaded = await this.vcenters.load(context, id);
    if (loaded.replay) return loaded.replay.reply as ShownVCenter;
    if (loaded.version === 0) return refuse('not-found');
    const refused = await this.#refusalOf(context.tenant, input);
    if (refused) return refused;
    return this.enter.store(context, loaded, settings, password).catch((error: unknown) => {
      if (isUniqueViolation(error, 'vcenter_name')) return refuse('vcenter.name-taken', { name: settings.name });
      throw error;
    });
  }

  async #refusalOf(tenant: string, { id, password, ...wanted }: Input<typeof changeVCenter>) {
    const { sql } = this.database;
    const [vcenters, used] = await this.database.flush(tenant, [
      sql.selectFrom('vcenter').selectAll().where('tenant_id', '=', tenant).where('id', '=', id),
      {
        // What stands there, and what is being built or left half-made.
        sql: `SELECT (SELECT count(*) FROM vm WHERE tenant_id = $1 AND vcenter_id = $2 AND state <> 'decommissioned')::integer
                   + (SELECT count(*) FROM run WHERE tenant_id = $1 AND vcenter_id = $2 AND attention < 3)::integer AS vms`,
        parameters: [tenant, id],
      },
    ]);
    const before = vcenters?.rows[0];
    const { vms } = used?.rows[0] as { vms: number };
    if (!before) return undefined;
    // What was entered for one server is not handed to another.
    const isSameServer =
      before.host === wanted.host && before.port === wanted.port && before.username === wanted.username;
    if (password === undefined && !isSameServer) return refuse('vcenter.password-needed');
    const isSamePlace = before.datacenter === wanted.datacenter && before.folder === wanted.folder;
    return !isSamePlace && vms > 0 ? refuse('vcenter.in-use', { vms }) : undefined;
  }
}
