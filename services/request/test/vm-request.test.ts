import { describe, expect, it } from 'vitest';
import { decide, decideCancel, evolve, noRequest, type RequestFact, type VmRequest } from '../src/domain/vm-request.js';

const requestId = '0d0f7a5e-6f5a-4a53-9d5c-0d5a3f7f7a01';
const erika = '5a9c2a86-55a1-4d3c-9b7f-2f1f5f2f9a02';
const vm = {
  project: { id: '7c1b3f0e-3c67-4b0e-8f5a-9d3c7b1a4c03', name: 'Webshop' },
  size: { key: 'M', vcpus: 4, memoryMiB: 8192, diskGiB: 100, monthlyCostCents: 4200, currency: 'EUR' },
  template: { id: '1f7e6d5c-4b3a-4298-8776-655443322104', name: 'Ubuntu 24.04 LTS' },
  network: { id: '2f7e6d5c-4b3a-4298-8776-655443322105', name: 'Produktion' },
  name: 'web-01',
  environment: 'test' as const,
  leaseDays: null,
  sshPublicKey: null,
};
const request = { requestId, requesterId: erika };
const vmId = '3f7e6d5c-4b3a-4298-8776-655443322106';

const submitted: RequestFact = {
  type: 'request.submitted',
  data: { ...request, vm, justification: null, contentHash: 'h1' },
};
const approved: RequestFact = {
  type: 'request.approved',
  data: { ...request, vm, contentHash: 'h1', automatic: false, approverIds: [] },
};
const cancelRequested: RequestFact = { type: 'request.cancel-requested', data: request };
const cancelled: RequestFact = { type: 'request.cancelled', data: request };
const started: RequestFact = { type: 'request.provisioning-started', data: request };

const given = (...facts: RequestFact[]): VmRequest => facts.reduce(evolve, noRequest);
const types = (facts: unknown) => (facts as RequestFact[]).map(({ type }) => type);
const grant = { type: 'grant', contentHash: 'h1', automatic: false, approverIds: [] as string[] } as const;
const ready = {
  type: 'note-ready',
  vmId,
  hostName: 'web-01',
  addresses: ['10.0.0.1'] as string[],
  loginText: null,
} as const;

describe('submitting', () => {
  it('happens once, however often it is asked', () => {
    const command = { type: 'submit', ...submitted.data } as const;
    expect(types(decide(command as never, noRequest))).toEqual(['request.submitted']);
    expect(decide(command as never, given(submitted))).toEqual([]);
  });

  it('may follow after an earlier try was settled as abandoned', () => {
    const abandoned = given(...decide({ type: 'settle', requestId }, noRequest));
    expect(types(decide({ type: 'submit', ...submitted.data } as never, abandoned))).toEqual(['request.submitted']);
  });

  it('is settled as abandoned anew after each try', () => {
    const abandoned = given(...decide({ type: 'settle', requestId }, noRequest));
    expect(types(decide({ type: 'settle', requestId }, abandoned))).toEqual(['request.abandoned']);
  });

  it('is never settled as abandoned once it is stored', () => {
    expect(decide({ type: 'settle', requestId }, given(submitted))).toEqual([]);
  });
});

describe('a grant', () => {
  it('approves what the approver saw', () => {
    expect(types(decide(grant, given(submitted)))).toEqual(['request.approved']);
  });

  it('counts for nothing when the content differs', () => {
    expect(decide({ ...grant, contentHash: 'h2' }, given(submitted))).toEqual([]);
  });

  it('comes too late after a cancel', () => {
    expect(decide(grant, given(submitted, cancelled))).toEqual([]);
  });

  it('is one, even when it comes twice', () => {
    expect(decide(grant, given(submitted, approved))).toEqual([]);
  });
});

describe('cancelling', () => {
  it('ends a waiting request at once', () => {
    expect(types(decideCancel(given(submitted)))).toEqual(['request.cancelled']);
  });

  it('asks provisioning to take back what was begun', () => {
    expect(types(decideCancel(given(submitted, approved)))).toEqual(['request.cancel-requested']);
    expect(types(decideCancel(given(submitted, approved, started)))).toEqual(['request.cancel-requested']);
  });

  it('ends only when the removal is proven', () => {
    const state = given(submitted, approved, started, cancelRequested);
    expect(decideCancel(state)).toEqual([]);
    expect(types(decide({ type: 'note-removal' }, state))).toEqual(['request.cancelled']);
  });

  it('loses against a VM that is ready already', () => {
    const state = given(submitted, approved, started, cancelRequested);
    expect(types(decide(ready, state))).toEqual(['request.ready']);
  });

  it('is refused after the end', () => {
    const state = given(submitted, approved, ...decide(ready, given(submitted, approved)));
    expect(decideCancel(state)).toEqual({ refused: 'request.already-ended', detail: { state: 'ready' } });
  });
});

describe('final states', () => {
  const ends: [string, VmRequest][] = [
    ['rejected', given(submitted, ...decide({ type: 'reject', approverId: erika, reason: 'x' }, given(submitted)))],
    ['cancelled', given(submitted, cancelled)],
    ['expired', given(submitted, ...decide({ type: 'expire' }, given(submitted)))],
  ];
  for (const [name, state] of ends) {
    it(`stay final: ${name}`, () => {
      expect(decide(grant, state)).toEqual([]);
      expect(decide(ready, state)).toEqual([]);
      expect(decide({ type: 'expire' }, state)).toEqual([]);
      expect(decide({ type: 'note-failure', reason: 'r', detail: 'd', nothingLeft: true }, state)).toEqual([]);
    });
  }
});
