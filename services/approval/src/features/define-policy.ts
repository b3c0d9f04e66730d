import { definePolicy } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { define } from '../domain/policy.js';
import { Electorates } from '../electorates.js';
import { Policies, policyIdOf } from '../policies.js';

@Controller()
export class DefinePolicy {
  constructor(
    private readonly policies: Policies,
    private readonly electorates: Electorates,
  ) {}

  @Handles(definePolicy)
  async handle(rules: Input<typeof definePolicy>, context: OperationContext): Promise<Reply<typeof definePolicy>> {
    const id = policyIdOf(context.tenant, rules.projectId);
    const { stages, unknown } = await this.electorates.of(context.tenant, rules.stages, rules.projectId);
    const strange = unknown.findIndex((ids) => ids.length > 0);
    if (strange >= 0) return refuse('policy.approver-unknown', { stage: rules.stages[strange]?.name ?? '' });
    const people = stages.map((fitting) => new Set(fitting).size);
    return this.policies.decide(context, id, ({ state }) => define(id, rules, people, state), {
      reply: ({ version }) => ({ ...rules, id, version }),
    });
  }
}
