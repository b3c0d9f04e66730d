import { getNamingRule } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { NamingRule } from '../naming-rule.js';

@Controller()
export class GetNamingRule {
  constructor(private readonly naming: NamingRule) {}

  @Handles(getNamingRule)
  async handle(_: Input<typeof getNamingRule>, { tenant }: OperationContext): Promise<Reply<typeof getNamingRule>> {
    return { prefix: await this.naming.prefixOf(tenant) };
  }
}
