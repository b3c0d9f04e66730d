import { setProjectMember } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Directory } from '../directory/directory.js';
import { Records } from '../records.js';

@Controller()
export class SetProjectMember {
  constructor(
    private readonly records: Records,
    private readonly directory: Directory,
  ) {}

  @Handles(setProjectMember)
  async handle(
    input: Input<typeof setProjectMember>,
    context: OperationContext,
  ): Promise<Reply<typeof setProjectMember>> {
    const { id, personId, lead } = input;
    const member = await this.directory.membershipOf(context.tenant, personId);
    const data = { projectId: id, personId, lead };
    return this.records.decide(
      context,
      `project:${id}`,
      ({ version }) =>
        version === 0 || !member ? refuse('not-found') : [{ type: 'tenant.project-member-set' as const, data }],
      { reply: () => data },
    );
  }
}
