import { getPolicyVersion } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { ApprovalTables } from '../read-models/tables.js';

@Controller()
export class GetPolicyVersion {
  constructor(private readonly database: Database<ApprovalTables>) {}

  @Handles(getPolicyVersion)
  async handle(
    { id, version }: Input<typeof getPolicyVersion>,
    { tenant }: OperationContext,
  ): Promise<Reply<typeof getPolicyVersion>> {
    const [policy] = await this.database.read(
      tenant,
      this.database.sql
        .selectFrom('policy_version')
        .select('rules')
        .where('tenant_id', '=', tenant)
        .where('id', '=', id)
        .where('version', '=', version),
    );
    return policy ? { ...policy.rules, id, version } : refuse('not-found');
  }
}
