import { i18n } from '@lingui/core';
import { afterEach, describe, expect, it } from 'vitest';
import { type Cell, csvOf } from '../src/words/csv';

const linesOf = (...rows: (readonly Cell[])[]) => csvOf(['Name'], rows).split('\r\n').slice(1, -1);

afterEach(() => i18n.loadAndActivate({ locale: 'de', messages: {} }));

describe('a file for a spreadsheet', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\u00a0=1'])('makes no formula of %j', (text) => {
    expect(linesOf([text])).toEqual([`'${text}`]);
  });

  it('makes none of one that also needs quotes', () => {
    expect(linesOf(['=HYPERLINK("http://x";"y")'])).toEqual([`"'=HYPERLINK(""http://x"";""y"")"`]);
    expect(linesOf(['\r=1'])).toEqual([`"'\r=1"`]);
  });

  it('leaves alone what only holds such a sign, and numbers below zero', () => {
    expect(linesOf(['a=b', 'sw-web-01', -4.5, null, ''])).toEqual(['a=b;sw-web-01;-4,5;;']);
  });

  it('quotes what would end a cell or a row', () => {
    expect(csvOf(['Name'], [['a;b', 'a,b', 'a"b', 'a\nb']])).toBe('\uFEFFName\r\n"a;b";"a,b";"a""b";"a\nb"\r\n');
  });

  it('is written as the language has it', () => {
    i18n.loadAndActivate({ locale: 'en', messages: {} });
    expect(csvOf(['Name', 'Price'], [['web-01', 1234.5]])).toBe('\uFEFFName,Price\r\nweb-01,1234.5\r\n');
  });
});
