import { changeRoles } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { sqlState } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { Records } from '../records.js';

@Controller()
export class ChangeRoles {
  constructor(private readonly records: Records) {}

  @Handles(changeRoles)
  async handle(
    { personId, roles }: Input<typeof changeRoles>,
    context: OperationContext,
  ): Promise<Reply<typeof changeRoles>> {
    try {
      return await this.records.decide(
        context,
        `member:${personId}`,
        ({ version }) =>
          version === 0 ? refuse('not-found') : [{ type: 'tenant.roles-changed' as const, data: { personId, roles } }],
        {
          reply: () => ({ personId, roles }),
          // Somebody must be left who can give a role back. Over all members, so no single stream can decide it.
          also: () => [{ sql: 'SELECT require_administrator()', parameters: [] }],
        },
      );
    } catch (error) {
      if (sqlState(error) === 'AD001') return refuse('member.last-administrator');
      throw error;
    }
  }
}
