import { platformTenant } from '@dvmm/contracts';
import { withoutKey } from '@eaf/event-store';
import type { OperationContext } from '@eaf/messaging';
import { type Refusal, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
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
    const [changed] = await this.database.flush(platformTenant, [
      this.database.sql
        .updateTable('tenant_registry')
        .set({ active })
        .where('tenant_id', '=', platformTenant)
        .where('id', '=', id)
        .returning(['slug', 'name']),
    ]);
    const tenant = changed?.rows[0] as { slug: string; name: string } | undefined;
    if (!tenant) return refuse('not-found');
    const type = active ? 'tenant.resumed' : 'tenant.suspended';
    await this.records.decide({ ...withoutKey(context), tenant: id }, 'tenant', () => [
      { type, data: { tenantId: id } },
    ]);
    return { id, ...tenant, active };
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
