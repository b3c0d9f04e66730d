import { suspendTenant } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { TenantDoor } from '../directory/tenant-door.js';

@Controller()
export class SuspendTenant {
  constructor(private readonly door: TenantDoor) {}

  @Handles(suspendTenant)
  async handle({ id }: Input<typeof suspendTenant>, context: OperationContext): Promise<Reply<typeof suspendTenant>> {
    return this.door.set(id, false, context);
  }
}
