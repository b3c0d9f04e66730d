import { whoIs } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Directory } from '../directory/directory.js';

@Controller()
export class WhoIs {
  constructor(private readonly directory: Directory) {}

  @Handles(whoIs)
  async handle({ personId }: Input<typeof whoIs>, context: OperationContext): Promise<Reply<typeof whoIs>> {
    return (await this.directory.membershipOf(context.tenant, personId)) ?? refuse('not-found');
  }
}
