import { type Claim, release, Timers } from '@eaf/event-store';
import { Live } from '@eaf/messaging';
import { Log } from '@eaf/service';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Hypervisors } from '../connections/hypervisors.js';
import { Inventories } from '../connections/inventories.js';
import { VCenters } from '../connections/vcenters.js';
import { shutOut } from '../domain/run-state.js';
import { noteAnswer } from '../domain/vcenter-connection.js';
import { tellOfVCenter } from '../live-hints.js';
import { timer } from '../own-timers.js';
import { outcomeOfFault } from '../run/outcome-of-fault.js';
import { Settings } from '../settings.js';

type Answer = { away: false } | { away: true; why: string };

/** Every half minute: what each vCenter has, how its VMs are, and whether it answers at all. */
@Injectable()
export class RefreshInventory implements OnModuleInit {
  constructor(
    private readonly timers: Timers,
    private readonly vcenters: VCenters,
    private readonly hypervisors: Hypervisors,
    private readonly inventories: Inventories,
    private readonly live: Live,
    private readonly log: Log,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.timers.on(timer.inventory, (claim) => this.refresh(claim), 8);
  }

  async refresh(claim: Claim): Promise<void> {
    const answer = await this.#look(claim);
    const loaded = await this.vcenters.load(claim.origin, claim.id);
    const facts = answer ? noteAnswer(loaded.state, claim.id, answer) : [];
    const again = new Date(loaded.now.getTime() + this.settings.inventoryEveryMs);
    const back = facts.some(({ type }) => type === 'provisioning.vcenter-came-back');
    await this.vcenters.commit(claim.origin, loaded, facts, {
      also: () => [...(back ? [this.#nudgeWaitingRuns(claim)] : []), release(claim, again)],
    });
    if (facts.length > 0) tellOfVCenter(this.live, claim.tenant, claim.id);
  }

  /** @returns undefined when nothing can be said, such as after a fault of one call */
  async #look(claim: Claim): Promise<Answer | undefined> {
    try {
      const connected = await this.hypervisors.of(claim.tenant, claim.id);
      if (!connected) return undefined;
      await this.inventories.refresh(claim.tenant, connected);
      return { away: false };
    } catch (error) {
      const outcome = this.hypervisors.closing ? undefined : outcomeOfFault(error);
      if (!outcome) throw error;
      if (outcome.kind === 'resting') return { away: true, why: outcome.detail };
      this.log.warn(
        { operation: 'inventory', tenant: claim.tenant, err: error as Error },
        'The inventory could not be read',
      );
      return undefined;
    }
  }

  /** They would come by themselves within half a minute; nobody should wait that long for nothing. */
  #nudgeWaitingRuns({ tenant, id }: Claim) {
    return {
      sql: `UPDATE due SET due_at = clock_timestamp() FROM run
            WHERE due.tenant_id = $1 AND due.kind = $4 AND due.claimed_until IS NULL
              AND run.tenant_id = $1 AND run.vcenter_id = $2 AND due.id = run.id::text AND run.waiting->>'reason' = ANY ($3)`,
      parameters: [tenant, id, shutOut, timer.run],
    };
  }
}
