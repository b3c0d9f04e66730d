import { me } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Directory } from '../directory/directory.js';

@Controller()
export class Me {
  constructor(private readonly directory: Directory) {}

  @Handles(me)
  async handle(_: Input<typeof me>, { tenant, actorId }: OperationContext): Promise<Reply<typeof me>> {
    const membership = await this.directory.membershipOf(tenant, actorId);
    if (!membership) return refuse('not-found');
    const { tenantId, slug, name, active, language, timeZone, roles, projects } = membership;
    const tenantNow = { id: tenantId, slug, name, active };
    return { person: { id: actorId }, language, timeZone, tenant: tenantNow, roles, projects };
  }
}
