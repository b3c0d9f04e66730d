import { inviteMember } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { Identities } from '../directory/identities.js';
import type { TenantTables } from '../read-models/tables.js';
import { Records } from '../records.js';

@Controller()
export class InviteMember {
  constructor(
    private readonly database: Database<TenantTables>,
    private readonly records: Records,
    private readonly identities: Identities,
  ) {}

  @Handles(inviteMember)
  async handle(input: Input<typeof inviteMember>, context: OperationContext): Promise<Reply<typeof inviteMember>> {
    const { tenant, actorId, idempotency } = context;
    const { email, roles, projects } = input;
    const known = await this.database.read(
      tenant,
      this.database.sql.selectFrom('project').select('id').where('tenant_id', '=', tenant),
    );
    if (!projects.every(({ projectId }) => known.some(({ id }) => id === projectId))) return refuse('not-found');
    // The same key makes the same invitation, so that a repeat after a lost answer ends what the first try began.
    const id = idempotency ? uuidv5(`${actorId}/${idempotency.key}`, tenant) : uuidv7();
    const reply = await this.records.decide(
      context,
      `invitation:${id}`,
      ({ version }) =>
        version > 0 ? [] : [{ type: 'tenant.member-invited' as const, data: { invitationId: id, roles } }],
      {
        reply: () => ({ invitationId: id }),
        also: () => [
          this.database.sql
            .insertInto('invitation')
            .values({ tenant_id: tenant, id, roles, projects: JSON.stringify(projects), accepted_at: null })
            .onConflict((conflict) => conflict.doNothing()),
        ],
      },
    );
    await this.identities.invite(email, { invitedTo: tenant, invitationId: id });
    return reply;
  }
}
