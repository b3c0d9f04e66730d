import { holdName } from '@dvmm/contracts';
import { setTimer, VersionConflict } from '@eaf/event-store';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Database, isUniqueViolation } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { Held } from '../domain/hold.js';
import { freeAddresses } from '../holds/free-addresses.js';
import { Holds } from '../holds/holds.js';
import { type OfferedNetwork, offersWanted, suggestName } from '../holds/wanted.js';
import { lastInventory } from '../read-models/inventory.js';
import { Settings } from '../settings.js';
import type { ProvisioningTables } from '../tables.js';

/** Races for one address end after a few rounds: each round at least one request gets one. */
const rounds = 20;

@Controller()
export class HoldName {
  constructor(
    private readonly holds: Holds,
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
    for (let round = 0; round < rounds; round++) {
      const address = await this.#addressFor(tenant, network, round);
      if (address === undefined) return refuse('network.full', { network: network.name });
      try {
        return await this.#hold(input, context, { template: nameOf(template), network: nameOf(network), address });
      } catch (error) {
        if (isUniqueViolation(error, 'name_hold_pkey')) return taken();
        // Another request got this address first, or this request is being held a second time right now.
        const again = isUniqueViolation(error, 'address_hold_pkey') || error instanceof VersionConflict;
        if (!again) throw error;
      }
    }
    throw new VersionConflict(this.holds.streamOf(input.requestId), 0);
  }

  async #hold(
    input: Input<typeof holdName>,
    context: OperationContext,
    place: Pick<Held, 'template' | 'network' | 'address'>,
  ): Promise<Pick<Held, 'template' | 'network' | 'address'>> {
    const { requestId, name } = input;
    // Idempotent by the request's id. An answer stored under a key would outlive the hold: a request that was abandoned
    // and is submitted again must really hold its name again.
    const origin = { ...context, idempotency: undefined };
    const loaded = await this.holds.load(origin, requestId);
    const { held } = loaded.state;
    const facts = held ? [] : [{ type: 'provisioning.held' as const, data: { requestId, name, ...place } }];
    const settleAt = new Date(loaded.now.getTime() + this.settings.settleAfterMs);
    await this.holds.commit(origin, loaded, facts, {
      // Set anew also when it is held already: it takes the claim from a settling under way, which asked before this.
      also: () => [setTimer('settle-hold', requestId, settleAt)],
    });
    return held ? { template: held.template, network: held.network, address: held.address } : place;
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

function nameOf({ id, name }: { id: string; name: string }) {
  return { id, name };
}
