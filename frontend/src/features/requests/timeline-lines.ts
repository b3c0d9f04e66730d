import type { Answered } from '../../api/route';
import type { getRequest } from '../../api/routes';

type Timeline = Answered<typeof getRequest>['timeline'];

export interface Line {
  readonly key: string;
  readonly at: string;
  readonly what: string;
  /** Name of the person who did it; undefined where a service did. */
  readonly who: string | undefined;
  readonly why: string | null;
  readonly policy?: { readonly name: string; readonly version: number };
  /** The stage it is about, where there are several. */
  readonly stage?: string;
  /** Code of `@dvmm/contracts/reasons`: why it waits, failed or is not as promised. */
  readonly reason?: string;
  /** From what it ended: the decision of a stage from its opening, the VM from the start of its making. */
  readonly afterMs?: number;
  /** Set for a provisioning step; then `durationMs` is undefined while it runs. */
  readonly step?: string;
  readonly durationMs?: number;
  /** The request ended before the step did. */
  readonly stopped?: boolean;
  /** How often it happened in a row, where more than once. */
  readonly times?: number;
  /** How far a long step has come, while it runs. */
  readonly percent?: number;
}

/** What a person reads: a step is one line however often it was begun, and what says nothing new is left out. */
export function linesOf(timeline: Timeline): Line[] {
  const lines: Line[] = [];
  const steps = new Map<string, number>();
  let policy: Line['policy'];
  let stages = 1;
  let stageOpenedAt: string | undefined;
  let startedAt: string | undefined;
  for (const [index, { at, what, who, why, detail }] of timeline.entries()) {
    const step = what.startsWith('provisioning.step') ? textOf(detail['step']) : undefined;
    if (step) {
      const line: Line = {
        key: step,
        at,
        what,
        who: undefined,
        why: null,
        step,
        ...(what === 'provisioning.step-done' ? { durationMs: Number(detail['durationMs']) } : {}),
        ...(what === 'provisioning.step-progressed' ? { percent: Number(detail['percent']) } : {}),
      };
      const known = steps.get(step);
      if (known === undefined) steps.set(step, lines.push(line) - 1);
      else lines[known] = line;
      continue;
    }
    if (what === 'approval.case-opened') {
      policy = policyOf(detail['policy']);
      stages = Number(detail['stages']);
    }
    if (what === 'approval.stage-opened') stageOpenedAt = at;
    if (what === 'request.provisioning-started') startedAt = at;
    const itself = what === 'request.approved' && detail['automatic'] === true;
    if (silent.has(what) && !itself) continue;
    const since = what === 'approval.stage-approved' || what === 'request.rejected' ? stageOpenedAt : undefined;
    const begun = ended.has(what) ? startedAt : since;
    const stage = stages > 1 && what.startsWith('approval.stage') ? textOf(detail['name']) : undefined;
    const reason = textOf(detail['reason']);
    const before = lines.at(-1);
    if (what === 'provisioning.run-waiting' && before?.what === what && before.reason === reason) {
      lines[lines.length - 1] = { ...before, times: (before.times ?? 1) + 1 };
      continue;
    }
    lines.push({
      key: `${index}`,
      at,
      what: itself ? 'automatic' : what,
      who: who.name,
      why,
      ...(itself && policy ? { policy } : {}),
      ...(stage ? { stage } : {}),
      ...(reason ? { reason } : {}),
      ...(begun ? { afterMs: new Date(at).getTime() - new Date(begun).getTime() } : {}),
    });
  }
  const over = timeline.some(({ what }) => what === 'request.failed' || what === 'request.cancelled');
  return (
    lines
      // A stage that was decided no longer waits; its decision says the same and more.
      .filter(
        ({ what }, index) =>
          what !== 'approval.stage-opened' || !lines.slice(index + 1).some((later) => decided.has(later.what)),
      )
      // A step that never ended ended with the request.
      .map((line) => (over && line.step && line.durationMs === undefined ? { ...line, stopped: true } : line))
  );
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

function policyOf(value: unknown): Line['policy'] {
  const { name, version } = (value ?? {}) as { name?: unknown; version?: unknown };
  return typeof name === 'string' && typeof version === 'number' ? { name, version } : undefined;
}

/** Said by the line beside them. */
const silent = new Set([
  'approval.case-opened',
  'provisioning.run-started',
  'provisioning.run-resumed',
  'provisioning.vm-ready',
  'request.approved',
  'provisioning.run-failed',
]);
const ended = new Set(['request.ready', 'request.created-not-customised', 'request.failed']);
const decided = new Set(['approval.stage-approved', 'request.rejected', 'request.cancelled', 'request.expired']);
