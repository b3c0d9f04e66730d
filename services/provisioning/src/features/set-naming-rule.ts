import { setNamingRule } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { NamingRule } from '../naming-rule.js';

@Controller()
export class SetNamingRule {
  constructor(private readonly naming: NamingRule) {}

  @Handles(setNamingRule)
  async handle(
    { prefix }: Input<typeof setNamingRule>,
    context: OperationContext,
  ): Promise<Reply<typeof setNamingRule>> {
    return this.naming.decide(
      context,
      'tenant',
      ({ state }) => (state === prefix ? [] : [{ type: 'provisioning.naming-rule-set' as const, data: { prefix } }]),
      { reply: () => ({ prefix }) },
    );
  }
}
