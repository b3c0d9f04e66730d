import {
  type RunReason,
  type RunStep,
  type runCancelled,
  type runCancelling,
  type runFailed,
  type runGivingUp,
  type runResumed,
  type runStarted,
  runStep,
  type runWaiting,
  type stepDone,
  type stepIntended,
  type stepProgressed,
  type vmNotCustomised,
  type vmReady,
} from '@dvmm/contracts';
import type { FactOf, Recorded } from '@eaf/messaging/contract';

export type RunFact =
  | FactOf<typeof runStarted>
  | FactOf<typeof stepIntended>
  | FactOf<typeof stepProgressed>
  | FactOf<typeof stepDone>
  | FactOf<typeof runWaiting>
  | FactOf<typeof runResumed>
  | FactOf<typeof runCancelling>
  | FactOf<typeof runGivingUp>
  | FactOf<typeof vmReady>
  | FactOf<typeof vmNotCustomised>
  | FactOf<typeof runFailed>
  | FactOf<typeof runCancelled>;

/** What was granted, as the run's first event has it. */
export type RunSpec = FactOf<typeof runStarted>['data'];

export interface Waiting {
  readonly reason: string;
  readonly detail: string;
  readonly since: Date;
  readonly until: string | null;
}

export interface Run {
  /**
   * `cancelling` and `giving-up` both remove what was begun; the first ends in `cancelled`, the second in `failed`.
   * `failed` with `nothingLeft` false is not the end: an administrator may retry, remove or adopt.
   */
  readonly phase: 'none' | 'working' | 'cancelling' | 'giving-up' | 'done' | 'not-customised' | 'failed' | 'cancelled';
  readonly spec: RunSpec | undefined;
  readonly step: RunStep;
  /** The step's intent is stored and its outcome is not: something may have happened in vCenter. */
  readonly intended: boolean;
  readonly attempt: number;
  /** When the step was first intended; retries do not move it. */
  readonly intendedAt: Date | undefined;
  /** From the clone's first intent on, there may be something to remove. */
  readonly cloneBegun: boolean;
  readonly percent: number;
  readonly moref: string | null;
  readonly waiting: Waiting | undefined;
  readonly failure: { readonly reason: string; readonly detail: string; readonly nothingLeft: boolean } | undefined;
  /** Tries to remove what was begun that failed, since the removing began. */
  readonly removalTries: number;
  /** The request's correlation, for what the run does by itself. */
  readonly correlationId: string | undefined;
  readonly traceparent: string | null;
}

export const noRun: Run = {
  phase: 'none',
  spec: undefined,
  step: 'check',
  intended: false,
  attempt: 0,
  intendedAt: undefined,
  cloneBegun: false,
  percent: 0,
  moref: null,
  waiting: undefined,
  failure: undefined,
  removalTries: 0,
  correlationId: undefined,
  traceparent: null,
};

/** Reasons of a wait for vCenter to let us in again; who waits for one asks it first whether it answers. */
export const shutOut: readonly string[] = [
  'vcenter-away',
  'vcenter-login-refused',
  'vcenter-certificate',
  'vcenter-host-not-allowed',
] satisfies RunReason[];

/** Reason of a wait after a try to remove that failed. */
export const removalFailed = 'removal-failed';

export function evolve(run: Run, event: Recorded<RunFact>): Run {
  const fact = event as RunFact;
  switch (fact.type) {
    case 'provisioning.run-started':
      return {
        ...noRun,
        phase: 'working',
        spec: fact.data,
        correlationId: event.correlationId,
        traceparent: event.traceparent,
      };
    case 'provisioning.step-intended':
      return {
        ...run,
        intended: true,
        attempt: fact.data.attempt,
        intendedAt: fact.data.attempt === 1 ? event.time : (run.intendedAt ?? event.time),
        cloneBegun: run.cloneBegun || fact.data.step === 'clone',
        waiting: undefined,
      };
    case 'provisioning.step-progressed':
      return { ...run, percent: fact.data.percent };
    case 'provisioning.step-done':
      return { ...run, ...stepAfter(fact.data.step), moref: fact.data.moref ?? run.moref, waiting: undefined };
    case 'provisioning.run-waiting':
      return {
        ...run,
        waiting: { reason: fact.data.reason, detail: fact.data.detail, since: event.time, until: fact.data.until },
        removalTries: run.removalTries + (fact.data.reason === removalFailed ? 1 : 0),
      };
    case 'provisioning.run-resumed':
      // Resumed after a failure by an administrator: the step begins anew, with all its tries.
      if (run.phase === 'failed')
        return { ...run, phase: 'working', intended: false, attempt: 0, waiting: undefined, failure: undefined };
      return { ...run, waiting: undefined };
    case 'provisioning.run-cancelling':
      return { ...run, phase: 'cancelling', waiting: undefined, removalTries: 0 };
    case 'provisioning.run-giving-up': {
      const { reason, detail } = fact.data;
      return {
        ...run,
        phase: 'giving-up',
        failure: { reason, detail, nothingLeft: false },
        waiting: undefined,
        removalTries: 0,
      };
    }
    case 'provisioning.vm-ready':
      return { ...run, phase: 'done', moref: fact.data.moref, waiting: undefined };
    case 'provisioning.vm-not-customised':
      return { ...run, phase: 'not-customised', moref: fact.data.moref, waiting: undefined };
    case 'provisioning.run-failed': {
      const { reason, detail, nothingLeft } = fact.data;
      return { ...run, phase: 'failed', failure: { reason, detail, nothingLeft }, waiting: undefined };
    }
    case 'provisioning.cancelled':
      return { ...run, phase: 'cancelled', waiting: undefined };
  }
}

function stepAfter(step: RunStep): Pick<Run, 'step' | 'intended' | 'attempt' | 'intendedAt' | 'percent'> {
  const steps = runStep.options;
  const next = steps[steps.indexOf(step) + 1] ?? step;
  return { step: next, intended: false, attempt: 0, intendedAt: undefined, percent: 0 };
}

/** Nothing will happen to the run any more, unless an administrator picks a failed one up. */
export function hasEnded(run: Run): boolean {
  return run.phase === 'done' || run.phase === 'not-customised' || run.phase === 'cancelled' || run.phase === 'failed';
}

/** It has ended and vCenter holds nothing of it. */
export function leftNothing(run: Run): boolean {
  return run.phase === 'cancelled' || (run.phase === 'failed' && run.failure?.nothingLeft === true);
}
