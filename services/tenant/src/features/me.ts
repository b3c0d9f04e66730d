import { me } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Brandings } from '../branding/brandings.js';
import { Directory } from '../directory/directory.js';

@Controller()
export class Me {
  constructor(
    private readonly directory: Directory,
    private readonly brandings: Brandings,
  ) {}

  @Handles(me)
  async handle(_: Input<typeof me>, { tenant, actorId }: OperationContext): Promise<Reply<typeof me>> {
    const [membership, { coloursVersion, logo }] = await Promise.all([
      this.directory.membershipOf(tenant, actorId),
      this.brandings.of(tenant),
    ]);
    if (!membership) return refuse('not-found');
    const { tenantId, slug, name, active, language, timeZone, leftGuides, roles, projects } = membership;
    const tenantNow = { id: tenantId, slug, name, active, brand: { colours: coloursVersion, logo } };
    return { person: { id: actorId }, language, timeZone, leftGuides, tenant: tenantNow, roles, projects };
  }
}
