import { changeRoles } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { sql } from 'kysely';
import { leavesNoAdministrator } from '../domain/records.js';
import type { TenantTables } from '../read-models/tables.js';
import { Records } from '../records.js';

@Controller()
export class ChangeRoles {
  constructor(
    private readonly database: Database<TenantTables>,
    private readonly records: Records,
  ) {}

  @Handles(changeRoles)
  async handle(
    { personId, roles }: Input<typeof changeRoles>,
    context: OperationContext,
  ): Promise<Reply<typeof changeRoles>> {
    const { tenant } = context;
    const administrators = await this.database.read(
      tenant,
      this.database.sql
        .selectFrom('member')
        .select('person_id')
        .where('tenant_id', '=', tenant)
        .where(sql<boolean>`'tenant-admin' = ANY(roles)`),
    );
    return this.records.decide(
      context,
      `member:${personId}`,
      ({ state }) => {
        if (state === 0) return refuse('not-found');
        if (
          leavesNoAdministrator(
            personId,
            roles,
            administrators.map((row) => row.person_id),
          )
        ) {
          return refuse('member.last-administrator');
        }
        return [{ type: 'tenant.roles-changed' as const, data: { personId, roles } }];
      },
      { reply: () => ({ personId, roles }) },
    );
  }
}
