import { holdName } from '@dvmm/contracts';
import { setTimer, VersionConflict, withoutKey } from '@eaf/event-store';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, OperationFault, type Reply, refuse } from '@eaf/messaging/contract';
import { Database, isUniqueViolation } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { Held } from '../domain/hold.js';
import { freeAddresses } from '../holds/free-addresses.js';
import { Holds } from '../holds/holds.js';
import { type OfferedNetwork, offersWanted, suggestName } from '../holds/wanted.js';
import { NamingRule } from '../naming-rule.js';
import { timer } from '../own-timers.js';
import { lastInventory } from '../read-models/inventory.js';
import { Settings } from '../settings.js';
import type { ProvisioningTables } from '../tables.js';

/** Races for one address end after a few rounds: each round at least one request gets one. */
const rounds = 20;

@Controller()
export class HoldName {
  constructor(
    private readonly holds: Holds,
    private readonly naming: NamingRule,
    private readonly database: Database<ProvisioningTables>,
    private readonly settings: Settings,
  ) {}

  @Handles(holdName)
  async handle(input: Input<typeof holdName>, context: OperationContext): Promise<Reply<typeof holdName>> {
    const { tenant } = context;
    const { template, network } = await offersWanted(this.database, tenant, input);
    if (!template) return refuse('template.unknown');
    if (!network) return refuse('network.unknown');
    const foreign = (await lastInventory(this.database, tenant, template.vcenterId))?.foreignNames ?? [];
    const taken = async () =>
      refuse('name.taken', {
        name: input.name,
        suggestion: await suggestName(this.database, tenant, input.name, foreign),
      });
    // As far as the last look knows; the run looks again before it clones.
    if (foreign.includes(input.name)) return taken();
    const named = { template: nameOf(template), network: nameOf(network) };
    // Idempotent by the request's id. An answer stored under a key would outlive the hold: a request that was abandoned
    // and is submitted again must really hold its name again.
    const origin = withoutKey(context);
    const prefix = await this.naming.prefixOf(tenant);
    for (let round = 0; round < rounds; round++) {
      const loaded = await this.holds.load(origin, input.requestId);
      const { held } = loaded.state;
      if (!held && !input.name.startsWith(prefix)) return refuse('name.breaks-rule', { name: input.name, prefix });
      if (held && !isSame(held, input))
        throw new OperationFault('conflict', 'This request holds something else already; it is freed within a minute.');
      const address = held ? held.address : await this.#addressFor(tenant, network, round);
      if (address === undefined) return refuse('network.full', { network: network.name });
      const place = held ?? { requestId: input.requestId, name: input.name, ...named, address };
      const settleAt = new Date(loaded.now.getTime() + this.settings.settleAfterMs);
      try {
        await this.holds.commit(origin, loaded, held ? [] : [{ type: 'provisioning.held', data: place }], {
          // Set anew also when it is held already: it takes the claim from a settling under way, which asked before this.
          also: () => [setTimer(timer.settleHold, input.requestId, settleAt, origin)],
        });
        return { template: place.template, network: place.network, address: place.address };
      } catch (error) {
        if (isUniqueViolation(error, 'name_hold_pkey')) return taken();
        // Another request got this address first, or this request is being held a second time right now.
        const again = isUniqueViolation(error, 'address_hold_pkey') || error instanceof VersionConflict;
        if (!again) throw error;
      }
    }
    throw new VersionConflict(this.holds.streamOf(input.requestId), 0);
  }

  /** @returns null where the network gives addresses itself; undefined when the pool is used up */
  async #addressFor(tenant: string, network: OfferedNetwork, round: number): Promise<string | null | undefined> {
    if (network.addressing.mode === 'dhcp') return null;
    const free = await this.database.read(
      tenant,
      freeAddresses(this.database.sql, tenant, network.id, network.addressing),
    );
    // In order while nobody is in the way; scattered once somebody was.
    const index = round === 0 ? 0 : Math.floor(Math.random() * free.length);
    return free[index]?.address;
  }
}

function isSame(held: Held, asked: Input<typeof holdName>): boolean {
  return held.name === asked.name && held.template.id === asked.templateId && held.network.id === asked.networkId;
}

function nameOf({ id, name }: { id: string; name: string }) {
  return { id, name };
}
