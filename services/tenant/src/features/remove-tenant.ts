import { countMachines, platformTenant, removeTenant } from '@dvmm/contracts';
import { Calls, Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Database, setTenant } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { TenantDoor } from '../directory/tenant-door.js';
import { requestRemoval } from '../domain/removal.js';
import type { TenantTables } from '../read-models/tables.js';
import { Removals, waysInto } from '../removals.js';

/**
 * Closes a tenant for good. Nobody finds in and no text of its people can be opened from here on; its rows are deleted by a
 * job that has the owners' logins, which no service has.
 */
@Controller()
export class RemoveTenant {
  constructor(
    private readonly database: Database<TenantTables>,
    private readonly door: TenantDoor,
    private readonly removals: Removals,
    private readonly calls: Calls,
  ) {}

  @Handles(removeTenant)
  async handle(
    { id, confirmName }: Input<typeof removeTenant>,
    context: OperationContext,
  ): Promise<Reply<typeof removeTenant>> {
    const first = await this.removals.load(context, id);
    if (first.replay) return first.replay.reply as Reply<typeof removeTenant>;
    const tenant = await this.door.registered(id);
    if (!tenant) return refuse('not-found');
    if (confirmName !== tenant.name) return refuse('tenant.name-does-not-match');
    const { underWay } = await this.calls.askAsService(countMachines, {}, { ...context, tenant: id });
    // Cut off in its middle, a clone would become a VM that nobody knows. The job looks once more, in the owner's schema.
    if (underWay > 0) return refuse('tenant.machines-under-way', { underWay });
    const { sql } = this.database;
    return this.removals.decide(context, id, ({ state }) => requestRemoval({ id, ...tenant }, state), {
      reply: () => ({
        id,
        ...tenant,
        requestedBy: { id: context.actorId },
        requestedAt: first.now.toISOString(),
        certificate: null,
      }),
      // The keys go with the people's rows, at once: whoever asks for a name or a text from now on gets none.
      also: () => [
        setTenant(platformTenant),
        ...waysInto(id, sql),
        setTenant(id),
        sql.deleteFrom('person').where('tenant_id', '=', id),
      ],
    });
  }
}
