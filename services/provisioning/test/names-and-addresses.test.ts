import { describe, expect, it } from 'vitest';
import { faultOfPool, sizeOfPool } from '../src/domain/address-pool.js';
import { nextFreeName } from '../src/domain/free-name.js';

describe('a suggested name', () => {
  it.each([
    ['web-01', ['web-01'], 'web-02'],
    ['web-09', ['web-09', 'web-10'], 'web-11'],
    ['web', ['web'], 'web-2'],
    ['web', ['web', 'web-2'], 'web-3'],
    ['db7', ['db7'], 'db8'],
  ])('for %s counts on to the next free one', (name, taken, suggested) => {
    expect(nextFreeName(name, new Set(taken))).toBe(suggested);
  });

  it('stays a host name of 63 characters at most', () => {
    const longest = 'a'.repeat(63);
    expect(nextFreeName(longest, new Set([longest]))).toBe(`${'a'.repeat(61)}-2`);
  });
});

describe('a pool of addresses', () => {
  const pool = {
    mode: 'static' as const,
    first: '10.0.0.10',
    last: '10.0.0.19',
    prefixLength: 24,
    gateway: '10.0.0.1',
    dnsServers: [],
  };

  it('gives all of its addresses but the gateway', () => {
    expect(faultOfPool(pool)).toBeUndefined();
    expect(sizeOfPool(pool)).toBe(10);
    expect(sizeOfPool({ ...pool, gateway: '10.0.0.12' })).toBe(9);
  });

  it.each([
    [{ ...pool, first: '10.0.0.1', last: '10.0.0.1' }],
    [{ ...pool, last: '10.0.0.9' }],
    [{ ...pool, last: '10.0.1.5' }],
    [{ ...pool, gateway: '10.0.9.1' }],
    [{ ...pool, first: '10.0.0.0' }],
    [{ ...pool, last: '10.0.0.255' }],
    [{ ...pool, prefixLength: 8, first: '10.0.0.1', last: '10.200.0.1' }],
  ])('is refused when it cannot work: %o', (wrong) => {
    expect(faultOfPool(wrong)).toBeTypeOf('string');
  });
});
