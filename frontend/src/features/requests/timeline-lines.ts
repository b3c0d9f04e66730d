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
  /** Set for a provisioning step; then `durationMs` is undefined while it runs. */
  readonly step?: string;
  readonly durationMs?: number;
}

/** What a person reads: a step is one line however often it was begun, and what says nothing new is left out. */
export function linesOf(timeline: Timeline): Line[] {
  const lines: Line[] = [];
  const steps = new Map<string, number>();
  for (const [index, { at, what, who, why, detail }] of timeline.entries()) {
    if (silent.has(what)) continue;
    const step =
      what.startsWith('provisioning.step') && typeof detail['step'] === 'string' ? detail['step'] : undefined;
    if (!step) {
      lines.push({ key: `${index}`, at, what, who: who.name, why });
      continue;
    }
    const took = what === 'provisioning.step-done' ? Number(detail['durationMs']) : undefined;
    const known = steps.get(step);
    const line: Line = {
      key: step,
      at,
      what,
      who: undefined,
      why: null,
      step,
      ...(took === undefined ? {} : { durationMs: took }),
    };
    if (known === undefined) steps.set(step, lines.push(line) - 1);
    else lines[known] = line;
  }
  return lines;
}

/** Said by the line beside them. */
const silent = new Set([
  'provisioning.run-started',
  'provisioning.vm-ready',
  'request.approved',
  'provisioning.run-failed',
]);
