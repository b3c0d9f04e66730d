import type { SqlStatement } from '@eaf/tenancy';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { ClaimLost } from './faults.js';
import type { Origin } from './origin.js';
import { WakeableLoop } from './wakeable-loop.js';

/** A timer that has rung and is held by this process until it is released or the claim lapses. */
export interface Claim {
  readonly tenant: string;
  readonly kind: string;
  readonly id: string;
  readonly fence: string;
  /** Times this has been tried and has thrown, since it was set. */
  readonly attempts: number;
  /** Of what its work stores: the service itself, under a correlation of its own. What goes on with another's takes theirs. */
  readonly origin: Origin;
}

/** Does the work of one timer. Must end the claim by {@link release} or set it anew by {@link setTimer} in its own transaction. */
export type TimerHandler = (claim: Claim) => Promise<void>;

/**
 * Sets or moves a timer, as part of a transaction. The database's clock decides when it rings.
 * @param dueAt   counted from the `now` of the decision: a pause of a minute takes a minute in a backdated story too
 * @param origin  what the timer's work belongs to; a backdated one goes on at the same distance
 */
export function setTimer(kind: string, id: string, dueAt: Date, { backdatedSeconds = 0 }: Origin): SqlStatement {
  return setDue(kind, id, later(dueAt, backdatedSeconds), backdatedSeconds);
}

/**
 * Sets or moves a timer for a day that was promised to people. In a backdated story it is that day, and not as many days
 * from today: one that is past rings in a minute, in which whoever tells the story can tell what came before it, and
 * then plays on that day.
 * @param now of the decision
 */
export function setDeadline(kind: string, id: string, dueAt: Date, now: Date, origin: Origin): SqlStatement {
  const { backdatedSeconds } = origin;
  if (!backdatedSeconds) return setDue(kind, id, dueAt, 0);
  const earliest = later(now, backdatedSeconds + toldWithinSeconds);
  const distance = Math.max(0, Math.ceil((earliest.getTime() - dueAt.getTime()) / 1_000));
  return setDue(kind, id, later(dueAt, distance), distance);
}

/** Ends a claim, as part of the transaction that stores its outcome; `again` lets it ring once more then, as in {@link setTimer}. */
export function release(claim: Claim, again?: Date): SqlStatement {
  const ringsAt = again ? later(again, claim.origin.backdatedSeconds ?? 0) : null;
  return { sql: 'SELECT due_release($1, $2, $3, $4)', parameters: [claim.kind, claim.id, claim.fence, ringsAt] };
}

const toldWithinSeconds = 60;

function later(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1_000);
}

function setDue(kind: string, id: string, ringsAt: Date, backdatedSeconds: number): SqlStatement {
  return { name: 'due-set', sql: 'SELECT due_set($1, $2, $3, $4)', parameters: [kind, id, ringsAt, backdatedSeconds] };
}

/** Checks that the claim is still ours before a write, and prolongs it. */
export function keep(claim: Claim, seconds = claimSeconds): SqlStatement {
  return { sql: 'SELECT due_keep($1, $2, $3, $4)', parameters: [claim.kind, claim.id, claim.fence, seconds] };
}

interface ClaimedRow {
  tenant_id: string;
  id: string;
  fence: string;
  attempts: number;
  backdated_seconds: number;
}

/** How long a killed process keeps others waiting. A living one prolongs its claims three times as often. */
const claimSeconds = 15;
const maxBackoffSeconds = 60;

/**
 * Rings timers. Claims due rows of all tenants under the runner role; the work itself runs in the tenant. A handler
 * that throws is tried again with growing pauses, without end: a timer is never lost.
 */
export class Timers {
  readonly #handlers = new Map<string, { handle: TimerHandler; atOnce: number; running: number }>();
  readonly #loop: WakeableLoop;
  readonly #running = new Set<Promise<void>>();

  constructor(
    private readonly pool: pg.Pool,
    private readonly service: string,
    private readonly onError: (error: unknown, claim?: Claim) => void,
  ) {
    this.#loop = new WakeableLoop(() => this.#claimAll(), { idleMs: 500, retryMs: 1_000, onError });
  }

  /** @param atOnce how many of this kind may run at once in this process */
  on(kind: string, handle: TimerHandler, atOnce = 8): void {
    this.#handlers.set(kind, { handle, atOnce, running: 0 });
  }

  start(): void {
    this.#loop.start();
  }

  wake(): void {
    this.#loop.wake();
  }

  /** Stops claiming and waits for the work under way. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    await Promise.all(this.#running);
  }

  async #claimAll(): Promise<number | undefined> {
    let claimed = 0;
    for (const [kind, handler] of this.#handlers) {
      const free = handler.atOnce - handler.running;
      if (free <= 0) continue;
      const { rows } = await this.pool.query<ClaimedRow>({
        name: 'claim-due',
        text: `UPDATE due SET fence = due.fence + 1, claimed_until = clock_timestamp() + make_interval(secs => ${claimSeconds})
               FROM (SELECT tenant_id, id FROM due
                     WHERE kind = $1 AND due_at <= clock_timestamp() AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
                     ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED) AS next
               WHERE due.tenant_id = next.tenant_id AND due.kind = $1 AND due.id = next.id
               RETURNING due.tenant_id, due.id, due.fence, due.attempts, due.backdated_seconds`,
        values: [kind, free],
      });
      claimed += rows.length;
      for (const { tenant_id: tenant, id, fence, attempts, backdated_seconds } of rows) {
        const backdatedSeconds = backdated_seconds || undefined;
        const origin = { tenant, actorId: `system:${this.service}`, correlationId: uuidv7(), backdatedSeconds };
        this.#work(handler, { tenant, kind, id, fence, attempts, origin });
      }
    }
    return claimed > 0 ? 50 : undefined;
  }

  #work(handler: { handle: TimerHandler; running: number }, claim: Claim): void {
    handler.running++;
    const heartbeat = setInterval(() => void this.#prolong(claim), (claimSeconds * 1_000) / 3);
    const work = handler
      .handle(claim)
      .catch((error: unknown) => this.#retryLater(claim, error))
      .finally(() => {
        clearInterval(heartbeat);
        handler.running--;
        this.#running.delete(work);
        this.#loop.wake();
      });
    this.#running.add(work);
  }

  /** Long work keeps its claim while its process lives; a frozen one loses it, and finds that out at its next write. */
  async #prolong(claim: Claim): Promise<void> {
    await this.pool
      .query(
        `UPDATE due SET claimed_until = clock_timestamp() + make_interval(secs => ${claimSeconds})
         WHERE tenant_id = $1 AND kind = $2 AND id = $3 AND fence = $4 AND claimed_until IS NOT NULL`,
        [claim.tenant, claim.kind, claim.id, claim.fence],
      )
      .catch((error: unknown) => this.onError(error, claim));
  }

  async #retryLater(claim: Claim, error: unknown): Promise<void> {
    if (error instanceof ClaimLost) return;
    this.onError(error, claim);
    const seconds = Math.min(maxBackoffSeconds, 2 ** claim.attempts) * (0.8 + Math.random() * 0.4);
    await this.pool
      .query(
        `UPDATE due SET claimed_until = NULL, attempts = attempts + 1, due_at = clock_timestamp() + make_interval(secs => $5)
         WHERE tenant_id = $1 AND kind = $2 AND id = $3 AND fence = $4`,
        [claim.tenant, claim.kind, claim.id, claim.fence, seconds],
      )
      .catch((again: unknown) => this.onError(again, claim)); // The claim lapses by itself and the timer rings again.
  }
}
