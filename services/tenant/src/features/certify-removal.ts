import { certifyRemoval, platformTenant } from '@dvmm/contracts';
import { withoutKey } from '@eaf/event-store';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { certify } from '../domain/removal.js';
import type { TenantTables } from '../read-models/tables.js';
import { Removals, showRemoval, waysInto } from '../removals.js';

/** The platform's word that nothing is left of a tenant, with what the job counted. */
@Controller()
export class CertifyRemoval {
  constructor(
    private readonly database: Database<TenantTables>,
    private readonly removals: Removals,
  ) {}

  @Handles(certifyRemoval)
  async handle(
    { id, ...certificate }: Input<typeof certifyRemoval>,
    context: OperationContext,
  ): Promise<Reply<typeof certifyRemoval>> {
    const { sql } = this.database;
    const origin = withoutKey({ ...context, tenant: platformTenant });
    const refused = await this.removals.decide(
      origin,
      id,
      ({ state }) => (state.phase === 'none' ? refuse('not-found') : certify(id, certificate, state)),
      // Whoever was just joining when the tenant was closed may have left a way in.
      { also: () => waysInto(id, sql) },
    );
    if (refused) return refused;
    const [row] = await this.database.read(
      platformTenant,
      sql.selectFrom('tenant_registry').selectAll().where('tenant_id', '=', platformTenant).where('id', '=', id),
    );
    return row ? showRemoval(row) : refuse('not-found');
  }
}
