import { Database } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import { lastInventory } from '../read-models/inventory.js';
import { outcomeOfFault } from '../run/outcome-of-fault.js';
import type { ProvisioningTables } from '../tables.js';
import { Hypervisors } from './hypervisors.js';
import { Inventories } from './inventories.js';

/** Somebody waits for the answer. */
const deadlineMs = 3_000;

/** Names to validate an administrator's entry against. */
export interface WhatVCenterHas {
  /** Undefined = vCenter does not answer and never has: nothing can be checked. */
  readonly inventory: { readonly templates: readonly string[]; readonly networks: readonly string[] } | undefined;
}

@Injectable()
export class VCenterNames {
  constructor(
    private readonly hypervisors: Hypervisors,
    private readonly inventories: Inventories,
    private readonly database: Database<ProvisioningTables>,
  ) {}

  /** Live where vCenter answers, else from the last look. @returns undefined when the tenant has no such vCenter */
  async of(tenant: string, vcenterId: string): Promise<WhatVCenterHas | undefined> {
    try {
      const connected = await this.hypervisors.of(tenant, vcenterId);
      if (!connected) return undefined;
      return { inventory: await this.inventories.refresh(tenant, connected, deadlineMs) };
    } catch (error) {
      if (!outcomeOfFault(error)) throw error;
      return { inventory: await lastInventory(this.database, tenant, vcenterId) };
    }
  }
}
