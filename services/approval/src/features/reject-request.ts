import { reject } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Deciding } from '../deciding.js';
import { reject as decideReject } from '../domain/approval-case.js';

@Controller()
export class RejectRequest {
  constructor(private readonly deciding: Deciding) {}

  @Handles(reject)
  async handle(
    { id, contentHash, reason }: Input<typeof reject>,
    context: OperationContext,
  ): Promise<Reply<typeof reject>> {
    return this.deciding.decide(id, context, (command, current) =>
      decideReject({ ...command, contentHash, reason }, current),
    );
  }
}
