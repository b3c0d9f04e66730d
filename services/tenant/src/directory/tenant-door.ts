import { platformTenant } from '@dvmm/contracts';
import type { OperationContext } from '@eaf/messaging';
import { type Refusal, refuse } from '@eaf/messaging/contract';
import { Database, setTenant } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import type { TenantTables } from '../read-models/tables.js';
import { Records } from '../records.js';

/** Opens and closes a tenant. Its people see that it is closed; running VMs go on. */
@Injectable()
export class TenantDoor {
  constructor(
    private readonly database: Database<TenantTables>,
    private readonly records: Records,
  ) {}

  async set(
    id: string,
    active: boolean,
    context: OperationContext,
  ): Promise<
    { id: string; slug: string; name: string; active: boolean } | Refusal<'not-found', Record<string, never>>
  > {
    const { sql } = this.database;
    const tenant = await this.registered(id);
    if (!tenant) return refuse('not-found');
    const type = active ? ('tenant.resumed' as const) : ('tenant.suspended' as const);
    // The fact is the tenant's, the door is a row of the platform's: they stand or fall together.
    return this.records.decide({ ...context, tenant: id }, 'tenant', () => [{ type, data: { tenantId: id } }], {
      reply: () => ({ id, ...tenant, active }),
      also: () => [
        setTenant(platformTenant),
        sql.updateTable('tenant_registry').set({ active }).where('tenant_id', '=', platformTenant).where('id', '=', id),
      ],
    });
  }

  /** Undefined also for a tenant that is being removed. */
  async registered(id: string): Promise<{ slug: string; name: string } | undefined> {
    const [tenant] = await this.database.read(
      platformTenant,
      this.database.sql
        .selectFrom('tenant_registry')
        .select(['slug', 'name'])
        .where('tenant_id', '=', platformTenant)
        .where('id', '=', id)
        .where('removal_requested_at', 'is', null),
    );
    return tenant;
  }

  async isOpen(tenant: string): Promise<boolean> {
    const [registered] = await this.database.read(
      platformTenant,
      this.database.sql
        .selectFrom('tenant_registry')
        .select('active')
        .where('tenant_id', '=', platformTenant)
        .where('id', '=', tenant),
    );
    return registered?.active ?? false;
  }
}
