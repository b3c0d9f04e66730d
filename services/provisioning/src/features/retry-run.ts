import { retryRun } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { ActOnRun } from '../run/act-on-run.js';

@Controller()
export class RetryRun {
  constructor(private readonly act: ActOnRun) {}

  @Handles(retryRun)
  async handle({ id }: Input<typeof retryRun>, context: OperationContext): Promise<Reply<typeof retryRun>> {
    return this.act.decide(context, id, { type: 'retry' });
  }
}
