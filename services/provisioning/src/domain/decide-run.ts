import type { RunReason, RunStep, retryRun } from '@dvmm/contracts';
import { type Output, type RefusalOf, refuse } from '@eaf/messaging/contract';
import { hasEnded, leftNothing, type Run, type RunFact, type RunSpec, removalFailed } from './run-state.js';

/** Tries of one step before the run gives up. A vCenter that is away takes none of them. */
export const triesPerStep = 5;
/** Tries to remove what was begun before a person must look. */
export const triesToRemove = 5;

export type RunCommand =
  | { readonly type: 'start'; readonly spec: RunSpec }
  | { readonly type: 'cancel'; readonly requestId: string; readonly vmName: string; readonly because: string }
  /** The worker is about to act: stores the intent, or only that it goes on. */
  | { readonly type: 'go-on' }
  | { readonly type: 'progress'; readonly percent: number }
  | { readonly type: 'complete'; readonly step: RunStep; readonly moref: string | null; readonly durationMs: number }
  | { readonly type: 'confirm'; readonly vm: ConfirmedVm; readonly durationMs: number }
  | { readonly type: 'not-confirmed'; readonly vmId: string; readonly moref: string; readonly reason: RunReason }
  /** Something outside the step is in the way, such as a vCenter that is away; takes no try. */
  | { readonly type: 'rest'; readonly reason: RunReason; readonly detail: string }
  /** The step failed and may be tried again at `until`. */
  | { readonly type: 'fault'; readonly reason: RunReason; readonly detail: string; readonly until: Date }
  /** The step can never succeed. */
  | { readonly type: 'give-up'; readonly reason: RunReason; readonly detail: string }
  | { readonly type: 'removed' }
  | { readonly type: 'not-removed'; readonly detail: string; readonly until: Date }
  | { readonly type: 'retry' }
  | { readonly type: 'remove' }
  | { readonly type: 'adopt'; readonly vmId: string; readonly moref: string };

export interface ConfirmedVm {
  readonly vmId: string;
  readonly moref: string;
  readonly hostName: string;
  readonly addresses: readonly string[];
  readonly loginText: { readonly de: string; readonly en: string } | null;
}

export type RunRefusal = RefusalOf<typeof retryRun>;

/** No facts = nothing changes; the run may have been cancelled or ended while the worker was at vCenter. */
export function decideRun(command: RunCommand, run: Run): RunFact[] {
  switch (command.type) {
    case 'start':
      // A cancel may have come first; a second `approved` is the same grant.
      return run.phase === 'none' ? [{ type: 'provisioning.run-started', data: command.spec }] : [];
    case 'cancel':
      return cancel(command, run);
    case 'go-on':
      return run.phase === 'working' ? goOn(run) : [];
    case 'progress': {
      const quarter = Math.floor(command.percent / 25) * 25;
      const further = run.phase === 'working' && run.intended && quarter > run.percent && quarter < 100;
      return further
        ? [{ type: 'provisioning.step-progressed', data: { ...of(run), step: run.step, percent: quarter } }]
        : [];
    }
    case 'complete':
      return complete(command, run);
    case 'confirm': {
      const done = complete({ step: 'confirm', moref: command.vm.moref, durationMs: command.durationMs }, run);
      if (done.length === 0 || run.phase !== 'working') return done;
      return [
        ...done,
        { type: 'provisioning.vm-ready', data: { ...of(run), ...command.vm, addresses: [...command.vm.addresses] } },
      ];
    }
    case 'not-confirmed':
      return run.phase === 'working' ? [notCustomised(run, command.vmId, command.moref, command.reason)] : [];
    case 'rest':
      return rest(command, run);
    case 'fault':
      if (run.phase !== 'working' || !run.intended) return [];
      if (run.attempt >= triesPerStep) return giveUp(command, run);
      return [waiting(run, command.reason, command.detail, command.until)];
    case 'give-up':
      return run.phase === 'working' ? giveUp(command, run) : [];
    case 'removed':
      return removed(run);
    case 'not-removed':
      return notRemoved(command, run);
    case 'retry':
      if (run.phase === 'failed' && !leftNothing(run)) return [resumed(run)];
      return [];
    case 'remove':
      // An end that the requester hears of as a failure: she has cancelled nothing.
      return run.phase === 'working' || (run.phase === 'failed' && !leftNothing(run))
        ? giveUp({ reason: 'given-up', detail: 'An administrator gave it up.' }, run)
        : [];
    case 'adopt':
      // Not while it is being removed: the person who cancelled has been promised that nothing is left.
      return run.phase === 'working' || (run.phase === 'failed' && !leftNothing(run))
        ? [notCustomised(run, command.vmId, command.moref, 'adopted')]
        : [];
  }
}

/** Whether an administrator may still act on a run. */
export function refuseIfEnded(run: Run): RunRefusal | undefined {
  if (run.phase === 'none' || !run.spec) return refuse('not-found');
  if (hasEnded(run) && (run.phase !== 'failed' || leftNothing(run))) {
    return refuse('run.already-ended', { state: shownState(run) });
  }
  return undefined;
}

/** The state as people see it. */
export function shownState(run: Run): Output<typeof retryRun>['state'] {
  if (run.phase === 'giving-up') return 'cancelling';
  if (run.phase === 'working' || run.phase === 'none') return run.waiting ? 'waiting' : 'working';
  return run.phase;
}

function cancel(command: { requestId: string; vmName: string; because: string }, run: Run): RunFact[] {
  const { requestId, vmName, because } = command;
  if (run.phase === 'none') return [{ type: 'provisioning.cancelled', data: { requestId, vmName } }];
  if (run.phase === 'working' || run.phase === 'giving-up') return [cancelling(run, because)];
  // Left behind by a failure: the cancel removes it too.
  if (run.phase === 'failed' && !leftNothing(run)) return [cancelling(run, because)];
  return []; // Ready or gone before the cancel came; request learns it from those events.
}

function goOn(run: Run): RunFact[] {
  const resume = run.waiting ? [resumed(run)] : [];
  // An intent that stands is carried on with, not repeated: its outcome may be there already. After a fault it is a new try.
  const standing = run.intended && (!run.waiting || run.waiting.until === null);
  if (standing) return resume;
  return [
    ...resume,
    { type: 'provisioning.step-intended', data: { ...of(run), step: run.step, attempt: run.attempt + 1 } },
  ];
}

function complete(command: { step: RunStep; moref: string | null; durationMs: number }, run: Run): RunFact[] {
  // Also while cancelling: what was done is a fact, and tells what must be removed.
  const live = run.phase === 'working' || run.phase === 'cancelling';
  if (!live || !run.intended || run.step !== command.step) return [];
  const { step, moref, durationMs } = command;
  return [
    {
      type: 'provisioning.step-done',
      data: { ...of(run), step, durationMs: Math.max(0, Math.round(durationMs)), moref },
    },
  ];
}

function rest(command: { reason: RunReason; detail: string }, run: Run): RunFact[] {
  const live = run.phase === 'working' || run.phase === 'cancelling' || run.phase === 'giving-up';
  // Told once, not at each look.
  if (!live || run.waiting?.reason === command.reason) return [];
  return [waiting(run, command.reason, command.detail, null)];
}

function giveUp(command: { reason: RunReason; detail: string }, run: Run): RunFact[] {
  const { reason, detail } = command;
  if (!run.cloneBegun) return [failed(run, reason, detail, true)];
  return [{ type: 'provisioning.run-giving-up', data: { ...of(run), step: run.step, reason, detail } }];
}

function removed(run: Run): RunFact[] {
  if (run.phase === 'cancelling') return [{ type: 'provisioning.cancelled', data: of(run) }];
  if (run.phase !== 'giving-up') return [];
  return [failed(run, run.failure?.reason ?? 'unknown', run.failure?.detail ?? '', true)];
}

function notRemoved(command: { detail: string; until: Date }, run: Run): RunFact[] {
  if (run.phase !== 'cancelling' && run.phase !== 'giving-up') return [];
  if (run.removalTries < triesToRemove) return [waiting(run, removalFailed, command.detail, command.until)];
  const reason = run.phase === 'giving-up' ? (run.failure?.reason ?? removalFailed) : removalFailed;
  const detail = [run.failure?.detail, `Could not be removed: ${command.detail}`].filter(Boolean).join(' ');
  return [failed(run, reason, detail, false)];
}

/** Common fields of every event of a started run. */
function of(run: Run): { requestId: string; vmName: string } {
  if (!run.spec) throw new Error('A run that was never started has no steps.');
  return { requestId: run.spec.requestId, vmName: run.spec.vmName };
}

function waiting(run: Run, reason: string, detail: string, until: Date | null): RunFact {
  return {
    type: 'provisioning.run-waiting',
    data: { ...of(run), step: run.step, reason, detail, until: until?.toISOString() ?? null },
  };
}

function resumed(run: Run): RunFact {
  return { type: 'provisioning.run-resumed', data: { ...of(run), step: run.step } };
}

function cancelling(run: Run, because: string): RunFact {
  return { type: 'provisioning.run-cancelling', data: { ...of(run), because } };
}

function failed(run: Run, reason: string, detail: string, nothingLeft: boolean): RunFact {
  return { type: 'provisioning.run-failed', data: { ...of(run), step: run.step, reason, detail, nothingLeft } };
}

function notCustomised(run: Run, vmId: string, moref: string, reason: string): RunFact {
  return { type: 'provisioning.vm-not-customised', data: { ...of(run), vmId, moref, reason } };
}
