import { offerTemplate } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Catalogue } from '../catalogue.js';
import { VCenterNames } from '../connections/vcenter-names.js';

@Controller()
export class OfferTemplate {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly names: VCenterNames,
  ) {}

  @Handles(offerTemplate)
  async handle(input: Input<typeof offerTemplate>, context: OperationContext): Promise<Reply<typeof offerTemplate>> {
    const found = await this.names.of(context.tenant, input.vcenterId);
    if (!found) return refuse('not-found');
    if (found.there && !found.there.templates.includes(input.vcenterName)) {
      return refuse('template.missing-in-vcenter', { name: input.vcenterName, found: [...found.there.templates] });
    }
    const template = { ...input, id: uuidv7() };
    return this.catalogue.decide(
      context,
      template.id,
      () => [{ type: 'provisioning.template-offered' as const, data: template }],
      {
        reply: () => template,
      },
    );
  }
}
