import type pg from 'pg';

/**
 * VMs of a tenant ($1): those that stay in vCenter, and those that are just being made or deleted. A run that waits, and a
 * deletion that is held up, does nothing at vCenter at the moment: what they may have there counts as staying.
 */
export const machinesOf = `
  SELECT (SELECT count(*)::integer FROM provisioning.vm WHERE tenant_id = $1 AND state <> 'decommissioned')
         + (SELECT count(*)::integer FROM provisioning.run
            WHERE tenant_id = $1 AND (attention = 0 OR (attention = 1 AND step <> 'check'))) AS machines,
         (SELECT count(*)::integer FROM provisioning.vm
          WHERE tenant_id = $1 AND state = 'decommissioning' AND held_up IS NULL)
         + (SELECT count(*)::integer FROM provisioning.run WHERE tenant_id = $1 AND attention = 2) AS under_way`;

/** What the job must know of a tenant before its rows go. Undefined: a VM is being made or deleted, so it may not begin. */
export async function lastLook(owner: pg.ClientBase, tenant: string): Promise<{ machines: number } | undefined> {
  const { rows } = await owner.query<{ machines: number; under_way: number }>(machinesOf, [tenant]);
  return rows[0] && rows[0].under_way === 0 ? { machines: rows[0].machines } : undefined;
}
