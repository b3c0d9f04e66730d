import { requestApproved } from '@dvmm/contracts';
import { originOf, type Reaction } from '@eaf/event-store';
import { Hears } from '@eaf/messaging';
import type { Heard } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { decideRun } from '../domain/decide-run.js';
import type { RunSpec } from '../domain/run-state.js';
import { vmIdOf } from '../domain/vm-id.js';
import { nudge, timer } from '../own-timers.js';
import { Runs } from '../run/runs.js';
import type { ProvisioningTables } from '../tables.js';

/** The only thing that starts a run. */
@Controller()
export class OnRequestApproved {
  constructor(
    private readonly runs: Runs,
    private readonly database: Database<ProvisioningTables>,
  ) {}

  @Hears(requestApproved)
  async handle(event: Heard<typeof requestApproved>, reaction: Reaction<Heard<typeof requestApproved>>): Promise<void> {
    const { requestId } = event.data;
    const spec = await this.#specOf(event);
    await this.runs.react(reaction, requestId, ({ state }) => decideRun({ type: 'start', spec }, state), {
      also: () => [nudge(timer.run, requestId, originOf(reaction, this.runs.store.service))],
    });
  }

  /** What was granted, with where it goes and the address that is held for it. */
  async #specOf({ tenant, data }: Heard<typeof requestApproved>): Promise<RunSpec> {
    const { requestId, requesterId, vm } = data;
    const { sql } = this.database;
    const [templates, addresses] = await this.database.flush(tenant, [
      sql
        .selectFrom('vm_template')
        .select('vcenter_id')
        .where('tenant_id', '=', tenant)
        .where('id', '=', vm.template.id),
      {
        sql: 'SELECT host(address) AS address FROM address_hold WHERE tenant_id = $1 AND request_id = $2',
        parameters: [tenant, requestId],
      },
    ]);
    const vcenterId: unknown = templates?.rows[0]?.vcenter_id;
    if (typeof vcenterId !== 'string')
      throw new Error(`Template ${vm.template.id} of request ${requestId} was never offered.`);
    return {
      requestId,
      vmName: vm.name,
      requesterId,
      project: vm.project,
      environment: vm.environment,
      size: vm.size,
      templateId: vm.template.id,
      networkId: vm.network.id,
      vcenterId,
      address: addresses?.rows[0]?.address ?? null,
      sshPublicKey: vm.sshPublicKey,
      instanceUuid: vmIdOf(requestId),
    };
  }
}
