import { Database } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import { lastInventory } from '../read-models/inventory.js';
import { outcomeOfFault } from '../run/outcome-of-fault.js';
import type { ProvisioningTables } from '../tables.js';
import { type Connected, HostNotAllowed, Hypervisors } from './hypervisors.js';
import { Inventories } from './inventories.js';

/** Somebody waits for the answer. */
const deadlineMs = 3_000;

/** What an administrator may offer. */
export interface NamesThere {
  readonly templates: readonly string[];
  readonly networks: readonly string[];
}

@Injectable()
export class VCenterNames {
  constructor(
    private readonly hypervisors: Hypervisors,
    private readonly inventories: Inventories,
    private readonly database: Database<ProvisioningTables>,
  ) {}

  /**
   * To validate an entry against.
   * @returns undefined when the tenant has no such vCenter; `there` undefined when it has never answered
   */
  async of(tenant: string, vcenterId: string): Promise<{ readonly there: NamesThere | undefined } | undefined> {
    try {
      const connected = await this.hypervisors.of(tenant, vcenterId);
      return connected && { there: await this.through(tenant, connected) };
    } catch (error) {
      if (!(error instanceof HostNotAllowed)) throw error;
      return { there: await lastInventory(this.database, tenant, vcenterId) };
    }
  }

  /** Live where vCenter answers on this connection, else from the last look; undefined when there was none. */
  async through(tenant: string, connected: Connected): Promise<NamesThere | undefined> {
    try {
      return await this.inventories.refresh(tenant, connected, deadlineMs);
    } catch (error) {
      if (!outcomeOfFault(error)) throw error;
      return lastInventory(this.database, tenant, connected.vcenter.id);
    }
  }
}
