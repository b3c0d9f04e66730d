import { approve } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Cases } from '../cases.js';
import { Deciding } from '../deciding.js';
import { approve as decideApprove } from '../domain/approval-case.js';
import { Electorates } from '../electorates.js';

@Controller()
export class ApproveRequest {
  constructor(
    private readonly cases: Cases,
    private readonly electorates: Electorates,
    private readonly deciding: Deciding,
  ) {}

  @Handles(approve)
  async handle({ id, contentHash }: Input<typeof approve>, context: OperationContext): Promise<Reply<typeof approve>> {
    const { state } = await this.cases.load(context, id);
    // Only the next stage needs to know who fits it; the roles are read before, so that the decider does no I/O.
    const electorate =
      state.outcome === 'none'
        ? { stages: [], administrators: [] }
        : await this.electorates.of(context.tenant, state.stages, state.projectId);
    return this.deciding.decide(id, context, (command, current) =>
      decideApprove({ ...command, contentHash, electorate }, current),
    );
  }
}
