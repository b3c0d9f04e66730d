import { getBrandColours } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Brandings } from '../branding/brandings.js';

@Controller()
export class GetBrandColours {
  constructor(private readonly brandings: Brandings) {}

  @Handles(getBrandColours)
  async handle(_: Input<typeof getBrandColours>, { tenant }: OperationContext): Promise<Reply<typeof getBrandColours>> {
    const found = await this.brandings.coloursOf(tenant);
    if (!found) return refuse('not-found');
    const { light, dark } = found.colours;
    return { version: found.version, light, dark };
  }
}
