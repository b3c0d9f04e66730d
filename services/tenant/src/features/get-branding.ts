import { getBranding } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Brandings } from '../branding/brandings.js';

@Controller()
export class GetBranding {
  constructor(private readonly brandings: Brandings) {}

  @Handles(getBranding)
  async handle(_: Input<typeof getBranding>, { tenant }: OperationContext): Promise<Reply<typeof getBranding>> {
    const { colour, logo } = await this.brandings.of(tenant);
    return { colour, logo };
  }
}
