import { randomUUID } from 'node:crypto';
import type { Recorded } from '@eaf/messaging/contract';
import { expect } from 'vitest';
import { decideRun, type RunCommand } from '../src/domain/decide-run.js';
import { evolve, noRun, type Run, type RunFact, type RunSpec } from '../src/domain/run-state.js';

export const requestId = '5f0c3a52-4a47-5c0e-9f52-0a3c1d9b7e11';
export const vmName = 'web-01';
export const of = { requestId, vmName };
export const spec: RunSpec = {
  ...of,
  requesterId: '018f6f2e-0000-7000-8000-000000000001',
  project: { id: '018f6f2e-0000-7000-8000-000000000002', name: 'Webshop' },
  environment: 'test',
  size: { key: 'S', vcpus: 2, memoryMiB: 4096, diskGiB: 40, monthlyCostCents: 1900, currency: 'EUR' },
  templateId: '018f6f2e-0000-7000-8000-000000000003',
  networkId: '018f6f2e-0000-7000-8000-000000000004',
  vcenterId: '018f6f2e-0000-7000-8000-000000000005',
  address: '10.0.0.7',
  sshPublicKey: null,
  instanceUuid: '2d3c6f0e-7a55-5b57-a8b3-1f8c1c0a9d22',
};

export const at = new Date('2026-11-24T08:00:00Z');
export const until = new Date('2026-11-24T08:00:10Z');

/** Events as they were stored, in order. */
export function after(...facts: RunFact[]): Run {
  return facts.reduce<Run>((run, fact, index) => evolve(run, recorded(fact, index + 1)), noRun);
}

/** Given what happened, when a command comes, then these facts follow. */
export function given(...history: RunFact[]) {
  const run = after(...history);
  return {
    when: (command: RunCommand) => {
      const facts = decideRun(command, run);
      return {
        then: (...expected: RunFact[]) => expect(facts).toEqual(expected),
        thenTypes: (...types: string[]) =>
          expect(facts.map(({ type }) => type.replace('provisioning.', ''))).toEqual(types),
        facts,
      };
    },
  };
}

function recorded(fact: RunFact, version: number): Recorded<RunFact> {
  return {
    ...fact,
    id: randomUUID(),
    typeVersion: 1,
    tenant: randomUUID(),
    stream: `run:${requestId}`,
    version,
    actorId: 'system:provisioning',
    correlationId: requestId,
    causationId: null,
    traceparent: null,
    time: at,
    recordedAt: at,
  };
}

type Step = Extract<RunFact, { type: 'provisioning.step-intended' }>['data']['step'];
export const started: RunFact = { type: 'provisioning.run-started', data: spec };
export const cancelled: RunFact = { type: 'provisioning.cancelled', data: of };
export const cancelling: RunFact = { type: 'provisioning.run-cancelling', data: { ...of, because: 'withdrawn' } };
export const intended = (step: Step, attempt = 1): RunFact => ({
  type: 'provisioning.step-intended',
  data: { ...of, step, attempt },
});
export const done = (step: Step, moref: string | null = null): RunFact => ({
  type: 'provisioning.step-done',
  data: { ...of, step, durationMs: 5, moref },
});
export const waits = (step: Step, reason: string, later: Date | null = null): RunFact => ({
  type: 'provisioning.run-waiting',
  data: { ...of, step, reason, detail: 'because', until: later?.toISOString() ?? null },
});
export const resumed = (step: Step): RunFact => ({ type: 'provisioning.run-resumed', data: { ...of, step } });
export const givingUp = (step: Step): RunFact => ({
  type: 'provisioning.run-giving-up',
  data: { ...of, step, reason: 'no-resources', detail: 'No host has room.' },
});
export const failed = (step: Step, nothingLeft: boolean): RunFact => ({
  type: 'provisioning.run-failed',
  data: { ...of, step, reason: 'no-resources', detail: 'No host has room.', nothingLeft },
});
/** All steps before `step`, done. */
export function upTo(step: Step): RunFact[] {
  const order: Step[] = ['check', 'clone', 'size', 'network', 'customise', 'power-on', 'confirm'];
  return [
    started,
    ...order
      .slice(0, order.indexOf(step))
      .flatMap((one) => [intended(one), done(one, one === 'check' ? null : 'vm-1')]),
  ];
}
