import { listQuota } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { Quotas } from '../quota/quotas.js';
import { wholeTenant } from '../read-models/tables.js';

@Controller()
export class ListQuota {
  constructor(private readonly quotas: Quotas) {}

  @Handles(listQuota)
  async handle(
    { cursor, limit }: Input<typeof listQuota>,
    { tenant }: OperationContext,
  ): Promise<Reply<typeof listQuota>> {
    const [after] = keyOf(cursor, 'uuid') ?? [];
    const found = await this.quotas.page(tenant, after, limit + 1);
    const { rows, nextCursor } = pageOf(found, limit, (row) => [row.projectId ?? wholeTenant]);
    return { items: rows, nextCursor };
  }
}
