import type { SqlStatement } from '@eaf/tenancy';

/**
 * Lets a timer ring now. Unlike `setTimer` it takes no claim away: a worker that is at vCenter finishes what it does,
 * finds at its next write that the stream has moved on, and only then somebody goes on with the run.
 */
export function nudge(kind: string, id: string): SqlStatement {
  return {
    sql: `INSERT INTO due (tenant_id, kind, id, due_at) VALUES (current_setting('eaf.tenant')::uuid, $1, $2, clock_timestamp())
          ON CONFLICT (tenant_id, kind, id) DO UPDATE SET due_at = least(due.due_at, clock_timestamp())`,
    parameters: [kind, id],
  };
}
