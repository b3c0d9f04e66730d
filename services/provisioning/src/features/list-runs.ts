import { listRuns } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database, keyOf, pageOf } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { showRun } from '../read-models/run-list.js';
import type { ProvisioningTables } from '../tables.js';

/** Those that need a person first: something left behind, then what waits, then what works, then what has ended. */
@Controller()
export class ListRuns {
  constructor(private readonly database: Database<ProvisioningTables>) {}

  @Handles(listRuns)
  async handle(
    { cursor, limit, state }: Input<typeof listRuns>,
    { tenant }: OperationContext,
  ): Promise<Reply<typeof listRuns>> {
    const after = keyOf(cursor, 'number', 'time', 'uuid');
    const [attention = '', changedAt = '', id = ''] = after ?? [];
    const rows = await this.database.read(
      tenant,
      this.database.sql
        .selectFrom('run')
        .selectAll()
        .where('tenant_id', '=', tenant)
        .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'working'))
        .$if(after !== undefined, (query) =>
          query.where((eb) =>
            eb.or([
              eb('attention', '>', Number(attention)),
              eb.and([
                eb('attention', '=', Number(attention)),
                eb.or([
                  eb('changed_at', '<', new Date(changedAt)),
                  eb.and([eb('changed_at', '=', new Date(changedAt)), eb('id', '>', id)]),
                ]),
              ]),
            ]),
          ),
        )
        .orderBy('attention')
        .orderBy('changed_at', 'desc')
        .orderBy('id')
        .limit(limit + 1),
    );
    const page = pageOf(rows, limit, (row) => [String(row.attention), row.changed_at.toISOString(), row.id]);
    return { items: page.rows.map(showRun), nextCursor: page.nextCursor };
  }
}
