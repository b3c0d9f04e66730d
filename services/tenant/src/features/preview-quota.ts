import { previewQuota } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, isRefusal, type Reply } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { amountsOf } from '../domain/reservation.js';
import { AskedFor } from '../quota/asked-for.js';
import { effectOf } from '../quota/quota-rows.js';

@Controller()
export class PreviewQuota {
  constructor(private readonly askedFor: AskedFor) {}

  @Handles(previewQuota)
  async handle(
    { projectId, size }: Input<typeof previewQuota>,
    context: OperationContext,
  ): Promise<Reply<typeof previewQuota>> {
    const priced = await this.askedFor.price(context, projectId, size);
    if (isRefusal(priced)) return priced;
    const asked = amountsOf(priced.size);
    return {
      project: priced.project,
      size: priced.size,
      quotas: [...effectOf(priced.tenantQuota, 'tenant', asked), ...effectOf(priced.projectQuota, 'project', asked)],
    };
  }
}
