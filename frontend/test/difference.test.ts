import { describe, expect, it } from 'vitest';
import { changesSomething, differenceOf, fieldsOf, stoodBefore } from '../src/features/evidence/difference';

const size = (key: string, monthlyCostCents: number) => ({
  type: 'tenant.size-defined',
  data: { key, monthlyCostCents },
});
const roles = (personId: string, ...given: string[]) => ({
  type: 'tenant.roles-changed',
  data: { personId, roles: given },
});

describe('the difference of a change', () => {
  it('names what differs first, with its value before and now', () => {
    expect(differenceOf({ a: 1, b: 2 }, { a: 1, b: 3 })).toEqual([
      { path: ['b'], before: 2, value: 3, changed: true },
      { path: ['a'], before: 1, value: 1, changed: false },
    ]);
  });

  it('tells what came and what went', () => {
    expect(differenceOf({ gone: 'x' }, { came: 'y' })).toEqual([
      { path: ['came'], before: undefined, value: 'y', changed: true },
      { path: ['gone'], before: 'x', value: undefined, changed: true },
    ]);
  });

  it('takes a list of words as one value, whose order counts', () => {
    expect(differenceOf({ roles: ['user', 'approver'] }, { roles: ['approver', 'user'] })[0]?.changed).toBe(true);
    expect(fieldsOf({ roles: ['user'], stages: [{ name: 'A' }] })).toEqual([
      { path: ['roles'], value: ['user'] },
      { path: ['stages', '0', 'name'], value: 'A' },
    ]);
  });
});

describe('what stood before a change', () => {
  it('is the nearest one of the same thing, not of its neighbour', () => {
    const [first, other, second] = [size('S', 1_000), size('M', 5_000), size('S', 2_000)];
    expect(stoodBefore(size('S', 3_000), [other, second, first])).toBe(second);
    expect(stoodBefore(size('XL', 1), [other, second, first])).toBeUndefined();
  });

  it('may stand in an event of another kind, such as the roles with which somebody joined', () => {
    const joined = { type: 'tenant.member-joined', data: { personId: 'erika', roles: ['user'] } };
    expect(stoodBefore(roles('erika', 'approver'), [joined])).toBe(joined);
    expect(stoodBefore(roles('bernd', 'approver'), [joined])).toBeUndefined();
  });

  it('needs a field in common, not only the same object', () => {
    const lead = { type: 'tenant.project-member-set', data: { personId: 'erika', lead: true } };
    expect(stoodBefore(roles('erika', 'approver'), [lead])).toBeUndefined();
  });

  it('is looked for where a state was set, not where something happened', () => {
    expect(changesSomething('tenant.quota-set')).toBe(true);
    expect(changesSomething('approval.case-granted')).toBe(false);
  });
});
