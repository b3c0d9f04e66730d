import { defineSize } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Records } from '../records.js';

@Controller()
export class DefineSize {
  constructor(private readonly records: Records) {}

  @Handles(defineSize)
  async handle(size: Input<typeof defineSize>, context: OperationContext): Promise<Reply<typeof defineSize>> {
    return this.records.decide(
      context,
      `size:${size.key}`,
      () => [{ type: 'tenant.size-defined' as const, data: size }],
      {
        reply: () => size,
      },
    );
  }
}
