import { closeSession } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Records } from '../records.js';

@Controller()
export class CloseSession {
  constructor(private readonly records: Records) {}

  @Handles(closeSession)
  async handle(_: Input<typeof closeSession>, context: OperationContext): Promise<Reply<typeof closeSession>> {
    const personId = context.actorId;
    return this.records.decide(
      context,
      `sessions:${personId}`,
      () => [{ type: 'tenant.signed-out' as const, data: { personId } }],
      {
        reply: () => ({}),
      },
    );
  }
}
