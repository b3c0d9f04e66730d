import { platformTenant, type removeTenant } from '@dvmm/contracts';
import { EventStore, Streams } from '@eaf/event-store';
import type { Output, Recorded } from '@eaf/messaging/contract';
import type { SqlStatement } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import type { Kysely, Selectable } from 'kysely';
import { evolve, noRemoval, type Removal, type RemovalFact } from './domain/removal.js';
import type { TenantTables } from './read-models/tables.js';

/** By the tenant's id; all streams are the platform's. */
@Injectable()
export class Removals extends Streams<Removal, RemovalFact, TenantTables> {
  constructor(store: EventStore<TenantTables>) {
    super(store, { category: 'removal', initial: noRemoval, evolve, project });
  }
}

function project(event: Recorded<RemovalFact>, sql: Kysely<TenantTables>): SqlStatement[] {
  const registered = sql
    .updateTable('tenant_registry')
    .where('tenant_id', '=', platformTenant)
    .where('id', '=', event.data.tenantId);
  switch (event.type) {
    case 'tenant.removal-requested':
      return [
        registered.set({
          active: false,
          removal_requested_at: event.time,
          removal_requested_by: event.actorId,
        }),
      ];
    case 'tenant.removed': {
      const { rows, machines, lastAudit } = event.data;
      return [registered.set({ removed_at: event.time, certificate: JSON.stringify({ rows, machines, lastAudit }) })];
    }
  }
}

/** What leads from the platform's rows into a tenant: without it nobody finds in, and nothing tells who belonged there. */
export function waysInto(tenant: string, sql: Kysely<TenantTables>): SqlStatement[] {
  return [
    sql.deleteFrom('invitation_index').where('tenant_id', '=', platformTenant).where('invited_to', '=', tenant),
    // People who belong nowhere else are strangers again.
    {
      sql: `DELETE FROM identity USING membership_index AS here
            WHERE identity.tenant_id = $1 AND here.tenant_id = $1 AND here.member_of = $2
              AND identity.person_id = here.person_id
              AND NOT EXISTS (SELECT FROM membership_index AS elsewhere WHERE elsewhere.tenant_id = $1
                              AND elsewhere.person_id = here.person_id AND elsewhere.member_of <> $2)`,
      parameters: [platformTenant, tenant],
    },
    sql.deleteFrom('membership_index').where('tenant_id', '=', platformTenant).where('member_of', '=', tenant),
  ];
}

type RegistryRow = Selectable<TenantTables['tenant_registry']>;

export function showRemoval(row: RegistryRow): Output<typeof removeTenant> {
  const { id, slug, name, removal_requested_by, removal_requested_at, removed_at, certificate } = row;
  return {
    id,
    slug,
    name,
    requestedBy: { id: removal_requested_by ?? '' },
    requestedAt: (removal_requested_at ?? new Date(0)).toISOString(),
    certificate: certificate && removed_at && { ...certificate, removedAt: removed_at.toISOString() },
  };
}
