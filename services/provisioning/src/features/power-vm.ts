import { randomUUID } from 'node:crypto';
import { powerVm } from '@dvmm/contracts';
import { withoutKey } from '@eaf/event-store';
import { Handles, Live, type OperationContext } from '@eaf/messaging';
import { type Input, isRefusal, type RefusalOf, type Reply, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { Selectable } from 'kysely';
import { Hypervisors } from '../connections/hypervisors.js';
import { HypervisorAway, HypervisorFault, NotFoundInVCenter, NotOurVm } from '../hypervisor/faults.js';
import type { Hypervisor, TaskRef } from '../hypervisor/hypervisor.js';
import { tellOfVm } from '../live-hints.js';
import { shownPower } from '../read-models/inventory-rows.js';
import { vmToActOn } from '../read-models/vm-to-act-on.js';
import { outcomeOfFault } from '../run/outcome-of-fault.js';
import type { ProvisioningTables, VmTable } from '../tables.js';
import { Vms } from '../vms.js';

/** A person waits for the answer. What takes longer goes on in vCenter, and the next look at the inventory shows it. */
const patienceMs = 4_000;
type Action = Input<typeof powerVm>['action'];
type Row = Selectable<VmTable>;
type Power = Row['power'];

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
    const asKnown = { id, power: vm.power };
    const { replay } = await this.vms.load(context, id);
    if (replay) return asKnown;
    if (vm.state !== 'running') return refuse('vm.not-running', { state: vm.state });
    const connected = await this.hypervisors.of(context.tenant, vm.vcenter_id).catch(refusalOf);
    if (!connected) return refuse('not-found');
    if (isRefusal(connected)) return connected;
    const since = connected.vcenter.away_since;
    if (since) return refuse('vcenter.away', { since: since.toISOString() });

    // Who asked for what is a fact before vCenter hears of it, and takes the key with it: however this ends, the same key
    // switches nothing a second time.
    const about = { vmId: id, requestId: vm.request_id, action };
    const attempt = randomUUID();
    const begun = await this.vms.decide(context, id, () => [{ type: 'provisioning.vm-power-requested', data: about }], {
      reply: () => attempt,
    });
    if (begun !== attempt) return asKnown;
    const power = await this.#switch(connected.hypervisor, vm, action).catch((error: unknown) =>
      // A timeout says nothing of what vCenter does; every other fault says that it did nothing.
      error instanceof HypervisorAway ? ('unknown' as const) : refusalOf(error),
    );
    if (isRefusal(power)) return power;
    await this.vms.decide(withoutKey(context), id, () => [
      { type: 'provisioning.vm-power-changed', data: { ...about, power } },
    ]);
    tellOfVm(this.live, context.tenant, { id, ownerId: vm.owner_id, projectId: vm.project_id });
    return { id, power };
  }

  /** The port compares marker, UUID and folder before it changes anything. @returns how the VM is now */
  async #switch(hypervisor: Hypervisor, vm: Row, action: Action): Promise<Power> {
    const owner = { marker: vm.request_id, instanceUuid: vm.instance_uuid };
    const until = performance.now() + patienceMs;
    const leftMs = () => Math.max(1, Math.round(until - performance.now()));
    const ended = (task: TaskRef) => hypervisor.waitForTask(task, () => {}, leftMs());
    try {
      switch (action) {
        case 'on':
          await ended(await hypervisor.powerOn(vm.moref, owner, leftMs()));
          return 'on';
        case 'off':
          await ended(await hypervisor.powerOff(vm.moref, owner, leftMs()));
          return 'off';
        case 'shutdown': {
          await hypervisor.shutdownGuest(vm.moref, owner, leftMs());
          // The guest takes its time and no task tells: until vCenter says otherwise the VM is on.
          const found = await hypervisor.findByName(vm.name, leftMs());
          return found?.marker === vm.request_id ? shownPower[found.powerState] : 'unknown';
        }
        case 'restart': // vSphere's soft restart needs running tools; a reset is what every machine can.
        case 'reset':
          await ended(await hypervisor.reset(vm.moref, owner, leftMs()));
          return 'on';
      }
    } catch (error) {
      if (!(error instanceof HypervisorFault)) throw error;
      const isThereAlready = error.faultName === 'InvalidPowerState' && action !== 'restart' && action !== 'reset';
      if (isThereAlready) return action === 'on' ? 'on' : 'off';
      throw error;
    }
  }
}

function refusalOf(error: unknown): RefusalOf<typeof powerVm> {
  if (error instanceof NotOurVm || (error instanceof NotFoundInVCenter && error.kind === 'vm'))
    return refuse('vm.missing-in-vcenter');
  const fault = outcomeOfFault(error);
  if (!fault || !('reason' in fault)) throw error;
  return refuse('vm.not-switched', { reason: fault.reason });
}
