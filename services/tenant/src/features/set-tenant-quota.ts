import { setTenantQuota } from '@dvmm/contracts';
import { withoutKey } from '@eaf/event-store';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, OperationFault, type Reply } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Quotas } from '../quota/quotas.js';
import { wholeTenant } from '../read-models/tables.js';

@Controller()
export class SetTenantQuota {
  constructor(private readonly quotas: Quotas) {}

  @Handles(setTenantQuota)
  async handle(
    { limits }: Input<typeof setTenantQuota>,
    context: OperationContext,
  ): Promise<Reply<typeof setTenantQuota>> {
    await this.quotas.setLimits(withoutKey(context), null, limits);
    const [quota] = await this.quotas.page(context.tenant, undefined, 1, wholeTenant);
    if (!quota) throw new OperationFault('internal', 'The limits were set but could not be read back.');
    return quota;
  }
}
