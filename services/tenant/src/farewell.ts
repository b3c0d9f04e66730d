import { platformTenant } from '@dvmm/contracts';
import type pg from 'pg';

export interface AwaitedRemoval {
  readonly id: string;
  readonly name: string;
  readonly requestedBy: string;
}

/** Tenants whose removal was asked for by the platform, and that have no certificate yet; as the schema's owner. */
export async function awaitedRemovals(owner: pg.ClientBase): Promise<AwaitedRemoval[]> {
  const { rows } = await owner.query<AwaitedRemoval>(
    `SELECT id, name, removal_requested_by AS "requestedBy" FROM tenant.tenant_registry
     WHERE tenant_id = $1 AND id <> $1 AND NOT active AND removal_requested_at IS NOT NULL AND removed_at IS NULL
     ORDER BY removal_requested_at`,
    [platformTenant],
  );
  return rows;
}

/** The end of the audit trail, before it goes. Null: there was none. */
export async function lastAuditEntry(
  owner: pg.ClientBase,
  tenant: string,
): Promise<{ number: number; hash: string } | null> {
  const { rows } = await owner.query<{ number: string; hash: Buffer }>(
    'SELECT number, hash FROM tenant.audit_entry WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1',
    [tenant],
  );
  return rows[0] ? { number: Number(rows[0].number), hash: rows[0].hash.toString('hex') } : null;
}
