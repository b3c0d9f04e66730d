import { removeProjectMember } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { TenantTables } from '../read-models/tables.js';
import { Records } from '../records.js';

@Controller()
export class RemoveProjectMember {
  constructor(
    private readonly records: Records,
    private readonly database: Database<TenantTables>,
  ) {}

  @Handles(removeProjectMember)
  async handle(
    input: Input<typeof removeProjectMember>,
    context: OperationContext,
  ): Promise<Reply<typeof removeProjectMember>> {
    const data = { projectId: input.id, personId: input.personId };
    const [member] = await this.database.read(
      context.tenant,
      this.database.sql
        .selectFrom('project_member')
        .select('person_id')
        .where('tenant_id', '=', context.tenant)
        .where('project_id', '=', data.projectId)
        .where('person_id', '=', data.personId),
    );
    return this.records.decide(
      context,
      `project:${input.id}`,
      () => (member ? [{ type: 'tenant.project-member-removed' as const, data }] : refuse('not-found')),
      { reply: () => data },
    );
  }
}
