import { settleRequest } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { decide } from '../domain/vm-request.js';
import { Requests } from '../requests.js';

@Controller()
export class SettleRequest {
  constructor(private readonly requests: Requests) {}

  @Handles(settleRequest)
  async handle({ id }: Input<typeof settleRequest>, context: OperationContext): Promise<Reply<typeof settleRequest>> {
    return this.requests.decide(context, id, ({ state }) => decide({ type: 'settle', requestId: id }, state), {
      reply: (state) => ({ outcome: 'vm' in state ? 'submitted' : 'abandoned' }),
    });
  }
}
