import { setProjectQuota } from '@dvmm/contracts';
import { withoutKey } from '@eaf/event-store';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, OperationFault, type Reply, refuse } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Quotas } from '../quota/quotas.js';

@Controller()
export class SetProjectQuota {
  constructor(private readonly quotas: Quotas) {}

  @Handles(setProjectQuota)
  async handle(
    { id, limits }: Input<typeof setProjectQuota>,
    context: OperationContext,
  ): Promise<Reply<typeof setProjectQuota>> {
    const [before] = await this.quotas.page(context.tenant, undefined, 1, id);
    if (!before || before.projectId === null) return refuse('not-found');
    await this.quotas.setLimits(withoutKey(context), id, limits);
    const [quota] = await this.quotas.page(context.tenant, undefined, 1, id);
    if (!quota) throw new OperationFault('internal', 'The limits were set but could not be read back.');
    return quota;
  }
}
