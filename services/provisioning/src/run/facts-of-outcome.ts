import { decideRun } from '../domain/decide-run.js';
import type { Run, RunFact } from '../domain/run-state.js';
import { vmIdOf } from '../domain/vm-id.js';
import type { StepOutcome } from './step-work.js';

const longestPauseSeconds = 60;

/** What a step's outcome means for its run, and when to look at the run again. */
export function factsOfOutcome(
  outcome: StepOutcome,
  run: Run,
  about: { readonly step: Run['step']; readonly loginText: { de: string; en: string } | null; readonly now: Date },
): { facts: RunFact[]; again: Date } {
  const { now, step } = about;
  const after = (ms: number) => new Date(now.getTime() + ms);
  const durationMs = run.intendedAt ? now.getTime() - run.intendedAt.getTime() : 0;
  const vmId = vmIdOf(run.spec?.requestId ?? '');
  switch (outcome.kind) {
    case 'done':
      return { facts: decideRun({ type: 'complete', step, moref: outcome.moref, durationMs }, run), again: now };
    case 'confirmed': {
      const { moref, hostName, addresses } = outcome;
      const vm = { vmId, moref, hostName, addresses, loginText: about.loginText };
      return { facts: decideRun({ type: 'confirm', vm, durationMs }, run), again: now };
    }
    case 'not-confirmed':
      return {
        facts: decideRun({ type: 'not-confirmed', vmId, moref: outcome.moref, reason: outcome.reason }, run),
        again: now,
      };
    case 'going-on':
      return {
        facts: outcome.percent === undefined ? [] : decideRun({ type: 'progress', percent: outcome.percent }, run),
        // Cancelled meanwhile: no use waiting for what it was waiting for.
        again: run.phase === 'working' ? after(outcome.againInMs) : now,
      };
    case 'resting':
      return {
        facts: decideRun({ type: 'rest', reason: outcome.reason, detail: outcome.detail }, run),
        again: after(outcome.againInMs),
      };
    case 'faulted': {
      const until = after(pauseMs(run.attempt));
      return {
        facts: decideRun({ type: 'fault', reason: outcome.reason, detail: outcome.detail, until }, run),
        again: until,
      };
    }
    case 'impossible':
      return { facts: decideRun({ type: 'give-up', reason: outcome.reason, detail: outcome.detail }, run), again: now };
  }
}

/** Doubles with each try, up to a minute, with jitter so that runs that failed together do not come back together. */
export function pauseMs(tries: number): number {
  return Math.min(longestPauseSeconds, 2 ** tries) * 1_000 * (0.8 + Math.random() * 0.4);
}
