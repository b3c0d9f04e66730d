import { powerVm } from '@dvmm/contracts';
import { withoutKey } from '@eaf/event-store';
import { Handles, Live, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { Selectable } from 'kysely';
import { Hypervisors } from '../connections/hypervisors.js';
import { HypervisorAway, HypervisorFault, NotFoundInVCenter, NotOurVm } from '../hypervisor/faults.js';
import type { Hypervisor, TaskRef } from '../hypervisor/hypervisor.js';
import { tellOfVm } from '../live-hints.js';
import { vmToActOn } from '../read-models/vm-to-act-on.js';
import { outcomeOfFault } from '../run/outcome-of-fault.js';
import type { ProvisioningTables, VmTable } from '../tables.js';
import { Vms } from '../vms.js';

/** A person waits for the answer. What takes longer goes on in vCenter, and the next look at the inventory shows it. */
const deadlineMs = 4_000;
type Action = Input<typeof powerVm>['action'];
type Row = Selectable<VmTable>;

@Controller()
export class PowerVm {
  constructor(
    private readonly database: Database<ProvisioningTables>,
    private readonly vms: Vms,
    private readonly hypervisors: Hypervisors,
    private readonly live: Live,
  ) {}

  @Handles(powerVm)
  async handle({ id, action }: Input<typeof powerVm>, context: OperationContext): Promise<Reply<typeof powerVm>> {
    const vm = await vmToActOn(this.database, context, id);
    if (!vm) return refuse('not-found');
    const { replay } = await this.vms.load(context, id);
    if (replay) return replay.reply as Reply<typeof powerVm>;
    if (vm.state !== 'running') return refuse('vm.not-running', { state: vm.state });
    const connected = await this.hypervisors.of(context.tenant, vm.vcenter_id);
    if (!connected) return refuse('not-found');
    const since = connected.vcenter.away_since;
    if (since) return refuse('vcenter.away', { since: since.toISOString() });

    const about = { vmId: id, requestId: vm.request_id, action };
    // Who asked for what is a fact before vCenter hears of it; the key is bound by the answer.
    await this.vms.decide(withoutKey(context), id, () => [{ type: 'provisioning.vm-power-requested', data: about }]);
    const outcome = await this.#switch(connected.hypervisor, vm, action).then(() => 'switched' as const, outcomeOf);
    if (typeof outcome === 'object') return outcome;
    const power: Row['power'] =
      outcome === 'unknown' ? outcome : action === 'off' || action === 'shutdown' ? 'off' : 'on';
    const reply = await this.vms.decide(
      context,
      id,
      () => [{ type: 'provisioning.vm-power-changed', data: { ...about, power } }],
      { reply: () => ({ id, power }) },
    );
    tellOfVm(this.live, context.tenant, { id, ownerId: vm.owner_id, projectId: vm.project_id });
    return reply;
  }

  /** The port compares marker, UUID and folder before it changes anything. */
  async #switch(hypervisor: Hypervisor, vm: Row, action: Action): Promise<void> {
    const owner = { marker: vm.request_id, instanceUuid: vm.instance_uuid };
    const wait = async (task: TaskRef) => void (await hypervisor.waitForTask(task, () => {}, deadlineMs));
    try {
      if (action === 'on') return await wait(await hypervisor.powerOn(vm.moref, owner, deadlineMs));
      if (action === 'off') return await wait(await hypervisor.powerOff(vm.moref, owner, deadlineMs));
      if (action === 'shutdown') return await hypervisor.shutdownGuest(vm.moref, owner, deadlineMs);
      // vSphere's soft restart needs running tools; a reset is what every machine can.
      return await wait(await hypervisor.reset(vm.moref, owner, deadlineMs));
    } catch (error) {
      if (!(error instanceof HypervisorFault)) throw error;
      const isThereAlready =
        error.faultName === 'InvalidPowerState' && (action === 'on' || action === 'off' || action === 'shutdown');
      if (isThereAlready) return;
      if (action === 'shutdown' && error.faultName.startsWith('ToolsUnavailable')) {
        return await wait(await hypervisor.powerOff(vm.moref, owner, deadlineMs));
      }
      throw error;
    }
  }
}

/** A timeout says nothing of what vCenter does; every other fault says that it did nothing. */
function outcomeOf(error: unknown): 'unknown' | Exclude<Reply<typeof powerVm>, { id: string }> {
  if (error instanceof HypervisorAway) return 'unknown';
  if (error instanceof NotOurVm || (error instanceof NotFoundInVCenter && error.kind === 'vm'))
    return refuse('vm.missing-in-vcenter');
  const fault = outcomeOfFault(error);
  if (!fault || !('reason' in fault)) throw error;
  return refuse('vm.not-switched', { reason: fault.reason });
}
