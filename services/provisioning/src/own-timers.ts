import type { Origin } from '@eaf/event-store';
import type { SqlStatement } from '@eaf/tenancy';

/** Kinds of this service's timers; each has one handler, and its id is that of what it is about. */
export const timer = {
  /** Moves a run on. */
  run: 'run',
  /** Reads a vCenter's inventory. */
  inventory: 'inventory',
  /** Asks request what became of a held name. */
  settleHold: 'settle-hold',
  /** Deletes a VM. */
  decommission: 'decommission',
} as const;

/**
 * Lets a timer ring now. Unlike `setTimer` it takes no claim away: a worker that is at vCenter finishes what it does,
 * finds at its next write that the stream has moved on, and only then somebody goes on with the run.
 * @param origin of the act it follows from: what it is about goes on in that act's time. Absent: in the time it was in.
 */
export function nudge(kind: (typeof timer)[keyof typeof timer], id: string, origin?: Origin): SqlStatement {
  return {
    sql: `INSERT INTO due (tenant_id, kind, id, due_at, backdated_seconds)
          VALUES (current_setting('eaf.tenant')::uuid, $1, $2, clock_timestamp(), coalesce($3, 0))
          ON CONFLICT (tenant_id, kind, id)
          DO UPDATE SET due_at = least(due.due_at, clock_timestamp()), backdated_seconds = coalesce($3, due.backdated_seconds)`,
    parameters: [kind, id, origin ? (origin.backdatedSeconds ?? 0) : null],
  };
}
