import { checkVm, forecastApproval, previewQuota, previewRequest } from '@dvmm/contracts';
import { Calls, Handles, type OperationContext, ServiceAway } from '@eaf/messaging';
import {
  type AnyOperation,
  type Input,
  isRefusal,
  OperationFault,
  type Output,
  type Reply,
} from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import type { z } from 'zod';

/** Each peer's share of the half second a person waits for; what does not answer in it is shown as unknown. */
const shareMs = 300;

type WouldBeRefused = Output<typeof previewRequest>['wouldBeRefused'];

@Controller()
export class PreviewRequest {
  constructor(private readonly calls: Calls) {}

  @Handles(previewRequest)
  async handle(input: Input<typeof previewRequest>, context: OperationContext): Promise<Reply<typeof previewRequest>> {
    const { projectId, size, name, templateId, networkId, environment } = input;
    const [quota, vcenter] = await Promise.all([
      this.#askBriefly(previewQuota, { projectId, size }, context),
      this.#askBriefly(checkVm, { name, templateId, networkId }, context),
    ]);
    if (quota && isRefusal(quota) && quota.refused !== 'size.unknown') return quota;
    const priced = quota && !isRefusal(quota) ? quota : null;
    // Policies ask for the price, so this one waits for the size.
    const approval =
      priced &&
      (await this.#askBriefly(
        forecastApproval,
        { requesterId: context.actorId, projectId, size: priced.size, environment },
        context,
      ));
    return {
      size: priced?.size ?? null,
      quotas: priced?.quotas ?? null,
      approval,
      vcenter,
      wouldBeRefused: [
        ...(quota && isRefusal(quota) ? [{ code: quota.refused, pointer: '/size', detail: quota.detail }] : []),
        ...quotaRefusals(priced?.quotas ?? []),
        ...vcenterRefusals(vcenter),
      ],
    };
  }

  async #askBriefly<O extends AnyOperation>(
    operation: O,
    input: z.input<O['input']>,
    context: OperationContext,
  ): Promise<Reply<O> | null> {
    return this.calls.ask(operation, input, context, { timeoutMs: shareMs }).catch((error: unknown) => {
      // One that stumbles is as unknown as one that is away; what it would refuse is said at the submit.
      if (error instanceof ServiceAway || (error instanceof OperationFault && error.code === 'internal')) return null;
      throw error;
    });
  }
}

function quotaRefusals(quotas: Output<typeof previewQuota>['quotas']): WouldBeRefused {
  return quotas
    .filter(({ fits }) => !fits)
    .map(({ scope, dimension, limit, before, after }) => ({
      code: 'quota.exceeded',
      pointer: '/size',
      detail: { scope, dimension, limit, left: Math.max(0, (limit ?? 0) - before), asked: after - before },
    }));
}

function vcenterRefusals(check: Output<typeof checkVm> | null): WouldBeRefused {
  if (!check) return [];
  return [
    ...(check.name.mustBegin
      ? [{ code: 'name.breaks-rule', pointer: '/name', detail: { prefix: check.name.mustBegin } }]
      : []),
    ...(check.name.free === false
      ? [{ code: 'name.taken', pointer: '/name', detail: { suggestion: check.name.suggestion } }]
      : []),
    ...(check.template === 'missing' ? [{ code: 'template.unknown', pointer: '/templateId', detail: {} }] : []),
    ...(check.network === 'missing' ? [{ code: 'network.unknown', pointer: '/networkId', detail: {} }] : []),
    ...(check.network === 'full' ? [{ code: 'network.full', pointer: '/networkId', detail: {} }] : []),
  ];
}
