import { decommissionVm } from '@dvmm/contracts';
import { setTimer } from '@eaf/event-store';
import { Handles, Live, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { requestDecommission, type VmLife } from '../domain/vm-lifecycle.js';
import { tellOfVm } from '../live-hints.js';
import { timer } from '../own-timers.js';
import { vmToActOn } from '../read-models/vm-to-act-on.js';
import type { ProvisioningTables } from '../tables.js';
import { Vms } from '../vms.js';

@Controller()
export class DecommissionVm {
  constructor(
    private readonly database: Database<ProvisioningTables>,
    private readonly vms: Vms,
    private readonly live: Live,
  ) {}

  @Handles(decommissionVm)
  async handle(
    { id, confirmName }: Input<typeof decommissionVm>,
    context: OperationContext,
  ): Promise<Reply<typeof decommissionVm>> {
    const vm = await vmToActOn(this.database, context, id);
    if (!vm) return refuse('not-found');
    if (confirmName !== vm.name) return refuse('vm.name-does-not-match');
    const identity = { vmId: id, requestId: vm.request_id, vmName: vm.name };
    const reply = await this.vms.decide(context, id, ({ state }) => requestDecommission(state, identity), {
      reply: ({ state }: VmLife) => ({ id, state: state === 'living' ? ('running' as const) : state }),
      also: ({ state }, now) => (state === 'decommissioning' ? [setTimer(timer.decommission, id, now, context)] : []),
    });
    tellOfVm(this.live, context.tenant, { id, ownerId: vm.owner_id, projectId: vm.project_id });
    return reply;
  }
}
