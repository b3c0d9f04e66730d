import { awayVCenters } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { ProvisioningTables } from '../tables.js';

@Controller()
export class AwayVCenters {
  constructor(private readonly database: Database<ProvisioningTables>) {}

  @Handles(awayVCenters)
  async handle(_: Input<typeof awayVCenters>, { tenant }: OperationContext): Promise<Reply<typeof awayVCenters>> {
    const rows = await this.database.read(
      tenant,
      this.database.sql
        .selectFrom('vcenter')
        .select(['id', 'name', 'away_since'])
        .where('tenant_id', '=', tenant)
        .where('away_since', 'is not', null)
        .orderBy('away_since'),
    );
    return {
      away: rows.flatMap(({ id, name, away_since }) =>
        away_since ? [{ id, name, since: away_since.toISOString() }] : [],
      ),
    };
  }
}
