import { countMachines, previewRemoval } from '@dvmm/contracts';
import { Calls, Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { TenantDoor } from '../directory/tenant-door.js';
import type { TenantTables } from '../read-models/tables.js';

@Controller()
export class PreviewRemoval {
  constructor(
    private readonly database: Database<TenantTables>,
    private readonly door: TenantDoor,
    private readonly calls: Calls,
  ) {}

  @Handles(previewRemoval)
  async handle({ id }: Input<typeof previewRemoval>, context: OperationContext): Promise<Reply<typeof previewRemoval>> {
    if (!(await this.door.registered(id))) return refuse('not-found');
    const [machines, [own]] = await Promise.all([
      this.calls.askAsService(countMachines, {}, { ...context, tenant: id }),
      this.database.read<{ people: number; projects: number }>(id, {
        sql: `SELECT (SELECT count(*)::integer FROM person WHERE tenant_id = $1) AS people,
                     (SELECT count(*)::integer FROM project WHERE tenant_id = $1) AS projects`,
        parameters: [id],
      }),
    ]);
    return { people: own?.people ?? 0, projects: own?.projects ?? 0, ...machines };
  }
}
