import { submitRequest } from '@dvmm/contracts';
import { describe, expect, it } from 'vitest';
import { isOnTheWay, nameFault, tidied } from '../src/features/requests/name-rule';

const names = ['web-01', 'abc', 'web_01', '1web', 'a', 'ab', 'web-', '-web', 'wéb', 'we b', '', `a${'b'.repeat(62)}`];

describe('the rule for names', () => {
  it.each(names)('agrees with the contract about %j', (name) => {
    expect(nameFault(name) === undefined).toBe(submitRequest.input.shape.name.safeParse(name).success);
  });

  it('names the character that is not allowed', () => {
    expect(nameFault('web_01')).toEqual({ kind: 'character', character: '_' });
  });

  it('waits with what typing on would cure', () => {
    const onTheWay = names.filter((name) => {
      const fault = nameFault(name);
      return fault && isOnTheWay(fault);
    });
    expect(onTheWay).toEqual(['a', 'ab', 'web-', '']);
  });

  it('lowers capitals and drops spaces around, and says so', () => {
    expect(tidied(' Web01 ')).toEqual({ name: 'web01', lowered: true, trimmed: true });
    expect(tidied('web01')).toEqual({ name: 'web01', lowered: false, trimmed: false });
  });
});
