import { resumeTenant } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { TenantDoor } from '../directory/tenant-door.js';

@Controller()
export class ResumeTenant {
  constructor(private readonly door: TenantDoor) {}

  @Handles(resumeTenant)
  async handle({ id }: Input<typeof resumeTenant>, context: OperationContext): Promise<Reply<typeof resumeTenant>> {
    return this.door.set(id, true, context);
  }
}
