import { checkVm } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { freeAddresses } from '../holds/free-addresses.js';
import { type OfferedNetwork, offersWanted, suggestName } from '../holds/wanted.js';
import { NamingRule } from '../naming-rule.js';
import { type InventoryView, lastInventory } from '../read-models/inventory.js';
import type { ProvisioningTables } from '../tables.js';

/** For a preview: from what is known, without a word to vCenter. Submit decides again. */
@Controller()
export class CheckVm {
  constructor(
    private readonly database: Database<ProvisioningTables>,
    private readonly naming: NamingRule,
  ) {}

  @Handles(checkVm)
  async handle(input: Input<typeof checkVm>, { tenant }: OperationContext): Promise<Reply<typeof checkVm>> {
    const { sql } = this.database;
    const [{ template, network }, taken, prefix] = await Promise.all([
      offersWanted(this.database, tenant, input),
      this.database.read(
        tenant,
        sql.selectFrom('name_hold').select('name').where('tenant_id', '=', tenant).where('name', '=', input.name),
      ),
      this.naming.prefixOf(tenant),
    ]);
    const vcenterId = template?.vcenterId ?? network?.vcenterId;
    const [inventory, vcenter] = await Promise.all([
      vcenterId ? lastInventory(this.database, tenant, vcenterId) : undefined,
      vcenterId ? this.#awaySince(tenant, vcenterId) : undefined,
    ]);
    const foreign = inventory?.foreignNames ?? [];
    const isTaken = taken.length > 0 || foreign.includes(input.name);
    return {
      name: {
        free: isTaken ? false : inventory ? true : null,
        suggestion: isTaken ? await suggestName(this.database, tenant, input.name, foreign) : null,
        mustBegin: input.name.startsWith(prefix) ? null : prefix,
      },
      template: template ? presence(inventory?.templates, template.vcenterName) : 'missing',
      network: network ? await this.#network(tenant, network, inventory) : 'missing',
      vcenterAwaySince: vcenter?.toISOString() ?? null,
      asOf: inventory?.asOf.toISOString() ?? null,
    };
  }

  async #awaySince(tenant: string, vcenterId: string): Promise<Date | null | undefined> {
    const { sql } = this.database;
    const [row] = await this.database.read(
      tenant,
      sql.selectFrom('vcenter').select('away_since').where('tenant_id', '=', tenant).where('id', '=', vcenterId),
    );
    return row?.away_since;
  }

  async #network(tenant: string, network: OfferedNetwork, inventory: InventoryView | undefined) {
    const there = presence(inventory?.networks, network.vcenterName);
    if (there === 'missing' || network.addressing.mode === 'dhcp') return there;
    const free = await this.database.read(
      tenant,
      freeAddresses(this.database.sql, tenant, network.id, network.addressing, 1),
    );
    return free.length === 0 ? 'full' : there;
  }
}

function presence(names: readonly string[] | undefined, name: string): 'there' | 'missing' | 'unknown' {
  if (!names) return 'unknown';
  return names.includes(name) ? 'there' : 'missing';
}
