import { removeProjectMember } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Records } from '../records.js';

@Controller()
export class RemoveProjectMember {
  constructor(private readonly records: Records) {}

  @Handles(removeProjectMember)
  async handle(
    input: Input<typeof removeProjectMember>,
    context: OperationContext,
  ): Promise<Reply<typeof removeProjectMember>> {
    const data = { projectId: input.id, personId: input.personId };
    return this.records.decide(
      context,
      `project:${input.id}`,
      ({ state }) => (state === 0 ? refuse('not-found') : [{ type: 'tenant.project-member-removed' as const, data }]),
      { reply: () => data },
    );
  }
}
