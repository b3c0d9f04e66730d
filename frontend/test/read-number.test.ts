import { describe, expect, it } from 'vitest';
import { readNumber } from '../src/words/read-number';

describe('a number as a German writes it', () => {
  it.each([
    ['1.234,5', 1234.5],
    ['1 234,5', 1234.5],
    ['1\u00a0234', 1234],
    ['1234,50', 1234.5],
    ['12.345.678', 12_345_678],
    [' 7 ', 7],
    ['0', 0],
  ])('reads %j', (text, value) => {
    expect(readNumber(text, 'de')).toBe(value);
  });

  it.each(['1.5', '1.23,4', '1,2,3', '1,', ',5', '-3', '1e3', '1.2345', '.123', 'viel', ''])(
    'asks about %j rather than guess',
    (text) => {
      expect(readNumber(text, 'de')).toBeNull();
    },
  );
});

describe('a number as an Englishman writes it', () => {
  it.each([
    ['1,234.5', 1234.5],
    ['1.5', 1.5],
    ['1234', 1234],
  ])('reads %j', (text, value) => {
    expect(readNumber(text, 'en')).toBe(value);
  });

  it.each(['1,5', '1.234,5', '1.2.3'])('asks about %j rather than guess', (text) => {
    expect(readNumber(text, 'en')).toBeNull();
  });
});
