import { removeRun } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { ActOnRun } from '../run/act-on-run.js';

@Controller()
export class RemoveRun {
  constructor(private readonly act: ActOnRun) {}

  @Handles(removeRun)
  async handle({ id }: Input<typeof removeRun>, context: OperationContext): Promise<Reply<typeof removeRun>> {
    return this.act.decide(context, id, { type: 'remove' });
  }
}
