import { countMachines } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { machinesOf } from '../farewell.js';
import type { ProvisioningTables } from '../tables.js';

/** A failed run that left something behind has left a machine, too. */
@Controller()
export class CountMachines {
  constructor(private readonly database: Database<ProvisioningTables>) {}

  @Handles(countMachines)
  async handle(_: Input<typeof countMachines>, { tenant }: OperationContext): Promise<Reply<typeof countMachines>> {
    const [counted] = await this.database.read<{ machines: number; under_way: number }>(tenant, {
      sql: machinesOf,
      parameters: [tenant],
    });
    return { machines: counted?.machines ?? 0, underWay: counted?.under_way ?? 0 };
  }
}
