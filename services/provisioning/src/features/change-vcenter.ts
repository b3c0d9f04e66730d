import { changeVCenter } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { OutboundHosts } from '@eaf/service';
import { isUniqueViolation } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { EnterVCenter } from '../connections/enter-vcenter.js';
import { areReadable } from '../connections/readable-certificates.js';
import { VCenters } from '../connections/vcenters.js';
import type { ShownVCenter } from '../read-models/vcenter-list.js';

@Controller()
export class ChangeVCenter {
  constructor(
    private readonly vcenters: VCenters,
    private readonly enter: EnterVCenter,
    private readonly outbound: OutboundHosts,
  ) {}

  @Handles(changeVCenter)
  async handle(input: Input<typeof changeVCenter>, context: OperationContext): Promise<Reply<typeof changeVCenter>> {
    const { id, password, ...settings } = input;
    if (!(await this.outbound.allows(settings.host)))
      return refuse('vcenter.host-not-allowed', { host: settings.host });
    if (settings.certificate !== null && !areReadable(settings.certificate))
      return refuse('vcenter.certificate-unreadable');
    const loaded = await this.vcenters.load(context, id);
    if (loaded.replay) return loaded.replay.reply as ShownVCenter;
    if (loaded.version === 0) return refuse('not-found');
    return this.enter.store(context, loaded, settings, password).catch((error: unknown) => {
      if (isUniqueViolation(error, 'vcenter_name')) return refuse('vcenter.name-taken', { name: settings.name });
      throw error;
    });
  }
}
