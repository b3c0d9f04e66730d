import { getBrandLogo } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Brandings } from '../branding/brandings.js';

@Controller()
export class GetBrandLogo {
  constructor(private readonly brandings: Brandings) {}

  @Handles(getBrandLogo)
  async handle(_: Input<typeof getBrandLogo>, { tenant }: OperationContext): Promise<Reply<typeof getBrandLogo>> {
    const found = await this.brandings.imageOf(tenant);
    return found ? { version: found.version, png: found.png.toString('base64') } : refuse('not-found');
  }
}
