import { randomUUID } from 'node:crypto';
import type { Recorded } from '@eaf/messaging/contract';
import { describe, expect, it } from 'vitest';
import { evolveVm, holdUpDecommission, living, requestDecommission, type VmFact } from '../src/domain/vm-lifecycle.js';

const vm = { vmId: randomUUID(), requestId: randomUUID(), vmName: 'web-01' };
const after = (...facts: VmFact[]) =>
  facts.reduce((life, fact) => evolveVm(life, { ...fact, correlationId: 'c1' } as Recorded<VmFact>), living);
const reasons = (facts: VmFact[]) => facts.map(({ data }) => (data as { reason?: string }).reason);

describe('what holds up a decommission', () => {
  const going = requestDecommission(living, vm);
  const held = holdUpDecommission(after(...going), vm, 'not-permitted');

  it('is said once for each reason, not at each try', () => {
    expect(reasons(held)).toEqual(['not-permitted']);
    expect(holdUpDecommission(after(...going, ...held), vm, 'not-permitted')).toEqual([]);
    expect(reasons(holdUpDecommission(after(...going, ...held), vm, 'not-our-vm'))).toEqual(['not-our-vm']);
  });

  it('is not said of a vCenter that is away, nor of a VM that lives', () => {
    expect(holdUpDecommission(after(...going), vm, 'vcenter-away')).toEqual([]);
    expect(holdUpDecommission(living, vm, 'not-permitted')).toEqual([]);
  });
});
