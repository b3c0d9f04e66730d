import { offerNetwork } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { sqlState } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Catalogue } from '../catalogue.js';
import { VCenterNames } from '../connections/vcenter-names.js';
import { faultOfPool } from '../domain/address-pool.js';

@Controller()
export class OfferNetwork {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly names: VCenterNames,
  ) {}

  @Handles(offerNetwork)
  async handle(input: Input<typeof offerNetwork>, context: OperationContext): Promise<Reply<typeof offerNetwork>> {
    const why = input.addressing.mode === 'static' ? faultOfPool(input.addressing) : undefined;
    if (why) return refuse('network.pool-invalid', { why });
    const found = await this.names.of(context.tenant, input.vcenterId);
    if (!found) return refuse('not-found');
    if (found.there && !found.there.networks.includes(input.vcenterName)) {
      return refuse('network.missing-in-vcenter', { name: input.vcenterName, found: [...found.there.networks] });
    }
    const network = { ...input, id: uuidv7() };
    const offered = { type: 'provisioning.network-offered' as const, data: network };
    try {
      return await this.catalogue.decide(context, network.id, () => [offered], { reply: () => network });
    } catch (error) {
      if (sqlState(error) !== exclusionViolation) throw error;
      return refuse('network.pool-overlaps', { name: input.vcenterName });
    }
  }
}

/** The table keeps pools of one port group apart, also from an offer made at the same moment. */
const exclusionViolation = '23P01';
