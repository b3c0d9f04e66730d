import { describe, expect, it } from 'vitest';
import { withVisibleControls } from '../src/words/direction-controls';

describe('text that somebody wrote', () => {
  it('shows what would turn the line around', () => {
    expect(withVisibleControls('Test \u202Enegöl\u202C')).toBe('Test [U+202E]negöl[U+202C]');
    expect(withVisibleControls('\u2066a\u2069')).toBe('[U+2066]a[U+2069]');
  });

  it('keeps every other letter, also those from right to left', () => {
    for (const text of ['Yılmaz', 'שלום world', 'a\u200Fb', '„Zitat“\n😀'])
      expect(withVisibleControls(text)).toBe(text);
  });
});
