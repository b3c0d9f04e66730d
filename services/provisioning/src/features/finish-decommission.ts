import type { RunReason } from '@dvmm/contracts';
import { type Claim, keep, release, Timers } from '@eaf/event-store';
import { Live } from '@eaf/messaging';
import { Log } from '@eaf/service';
import { Database } from '@eaf/tenancy';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Selectable } from 'kysely';
import { Hypervisors } from '../connections/hypervisors.js';
import { decommissioned, holdUpDecommission } from '../domain/vm-lifecycle.js';
import { Holds } from '../holds/holds.js';
import { tellOfVm } from '../live-hints.js';
import { timer } from '../own-timers.js';
import { outcomeOfFault } from '../run/outcome-of-fault.js';
import { removeVm } from '../run/remove-vm.js';
import type { ProvisioningTables, VmTable } from '../tables.js';
import { Vms } from '../vms.js';

/** A person looks at the list and sees it `decommissioning`; an administrator's help is needed only when vCenter forbids it. */
const tryAgainMs = 30_000;

/** Deletes a VM and proves that it is gone; only then are its name, address and quota free. */
@Injectable()
export class FinishDecommission implements OnModuleInit {
  constructor(
    private readonly timers: Timers,
    private readonly vms: Vms,
    private readonly holds: Holds,
    private readonly hypervisors: Hypervisors,
    private readonly database: Database<ProvisioningTables>,
    private readonly live: Live,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.timers.on(timer.decommission, (claim) => this.finish(claim), 8);
  }

  async finish(claim: Claim): Promise<void> {
    const { sql } = this.database;
    const [vm] = await this.database.read(
      claim.tenant,
      sql.selectFrom('vm').selectAll().where('tenant_id', '=', claim.tenant).where('id', '=', claim.id),
    );
    if (!vm) throw new Error(`VM ${claim.id} is to be deleted and has no row.`);
    const left = vm.state === 'decommissioning' ? await this.#remove(claim, vm) : undefined;
    const loaded = await this.vms.load(claim.origin, claim.id);
    const origin = { ...claim.origin, correlationId: loaded.state.correlationId ?? claim.origin.correlationId };
    const identity = { vmId: vm.id, requestId: vm.request_id, vmName: vm.name };
    if (left) {
      const since = left.reason === vm.held_up?.reason ? vm.held_up?.since : loaded.now.toISOString();
      const heldUp = left.reason ? JSON.stringify({ reason: left.reason, since }) : null;
      const facts = left.reason ? holdUpDecommission(loaded.state, identity, left.reason) : [];
      await this.vms.commit(origin, loaded, facts, {
        also: (_, now) => [
          sql.updateTable('vm').set({ held_up: heldUp }).where('tenant_id', '=', claim.tenant).where('id', '=', vm.id),
          release(claim, new Date(now.getTime() + left.againInMs)),
        ],
      });
      if (left.reason !== vm.held_up?.reason)
        tellOfVm(this.live, claim.tenant, { id: vm.id, ownerId: vm.owner_id, projectId: vm.project_id });
      return;
    }
    const append = this.vms.record(origin, loaded, decommissioned(loaded.state, identity));
    const freed = await this.holds.releasing(origin, vm.request_id, 'decommissioned');
    await this.vms.store.commit(origin, [append, ...freed.appends], {
      statements: [...this.vms.rows(append.recorded), ...freed.statements, release(claim)],
    });
    tellOfVm(this.live, claim.tenant, { id: vm.id, ownerId: vm.owner_id, projectId: vm.project_id });
  }

  /** @returns in how many ms to look again, and what holds it up; undefined = it is proven gone */
  async #remove(claim: Claim, vm: Selectable<VmTable>): Promise<{ againInMs: number; reason?: RunReason } | undefined> {
    try {
      const connected = await this.hypervisors.of(claim.tenant, vm.vcenter_id);
      if (!connected) throw new Error(`vCenter ${vm.vcenter_id} of VM ${vm.id} is not known.`);
      const removed = await removeVm({
        hypervisor: connected.hypervisor,
        vmName: vm.name,
        vm: vm.moref,
        owner: { marker: vm.request_id, instanceUuid: vm.instance_uuid },
        clone: null,
        stillOurs: () => this.vms.store.commit(claim.origin, [], { statements: [keep(claim)] }),
      });
      return removed === 'gone' ? undefined : removed;
    } catch (error) {
      const outcome = outcomeOfFault(error);
      if (!outcome) throw error;
      this.log.warn(
        { operation: 'decommission', tenant: claim.tenant, err: error as Error },
        'A VM could not be deleted yet',
      );
      const againInMs = 'againInMs' in outcome ? outcome.againInMs : tryAgainMs;
      return 'reason' in outcome ? { againInMs, reason: outcome.reason } : { againInMs };
    }
  }
}
