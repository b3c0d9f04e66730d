import type { listRuns } from '@dvmm/contracts';
import type { Output } from '@eaf/messaging/contract';
import type { Selectable } from 'kysely';
import { shownState } from '../domain/decide-run.js';
import type { Run } from '../domain/run-state.js';
import type { RunTable } from '../tables.js';

export type ShownRun = Output<typeof listRuns>['items'][number];

export function showRun(row: Selectable<RunTable>): ShownRun {
  return {
    id: row.id,
    vmName: row.vm_name,
    state: row.state,
    step: row.step,
    // Rows of the version before this field came lack it.
    waiting: row.waiting && { ...row.waiting, detail: row.waiting.detail ?? '' },
    failure: row.failure,
    attempts: row.attempts,
    startedAt: row.started_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
  };
}

/** The run as a decision leaves it; times that only its row knows are given. */
export function showRunState(id: string, run: Run, times: { startedAt: Date; changedAt: Date }): ShownRun {
  const { waiting } = run;
  return {
    id,
    vmName: run.spec?.vmName ?? '',
    state: shownState(run),
    step: run.step,
    waiting: waiting ? { ...waiting, since: waiting.since.toISOString() } : null,
    failure: run.failure ?? null,
    attempts: run.attempt,
    startedAt: times.startedAt.toISOString(),
    changedAt: times.changedAt.toISOString(),
  };
}
