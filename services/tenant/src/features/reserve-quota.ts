import { reserveQuota } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, isRefusal, type Reply, refuse } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { TenantDoor } from '../directory/tenant-door.js';
import { AskedFor } from '../quota/asked-for.js';
import { QuotaShort, Reservations } from '../quota/reservations.js';

@Controller()
export class ReserveQuota {
  constructor(
    private readonly askedFor: AskedFor,
    private readonly reservations: Reservations,
    private readonly door: TenantDoor,
  ) {}

  @Handles(reserveQuota)
  async handle(input: Input<typeof reserveQuota>, context: OperationContext): Promise<Reply<typeof reserveQuota>> {
    const { requestId, attempt, projectId, size: sizeKey } = input;
    const [priced, open] = await Promise.all([
      this.askedFor.price(context, projectId, sizeKey),
      this.door.isOpen(context.tenant),
    ]);
    if (!open) return refuse('tenant.suspended');
    if (isRefusal(priced)) return priced;
    const { project, size } = priced;
    try {
      await this.reservations.reserve(context, { requestId, attempt, project, size });
      return { project, size };
    } catch (error) {
      if (!(error instanceof QuotaShort)) throw error;
      const { scope } = error.shortage;
      return refuse('quota.exceeded', { ...error.shortage, project: scope === 'project' ? project.name : null });
    }
  }
}
