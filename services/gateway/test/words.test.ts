import { describe, expect, it } from 'vitest';
import { languageOf } from '../src/languages.js';
import { fillWords } from '../src/problems/problem-words.js';
import { SealedCookie } from '../src/sessions/sealed-cookie.js';

describe('the language of a person', () => {
  it.each([
    ['en-GB,en;q=0.9', 'en'],
    ['de-CH', 'de'],
    ['fr,en;q=0.4,de;q=0.6', 'de'],
    ['en;q=0,fr', 'de'],
    [undefined, 'de'],
  ])('of %s is %s', (header, language) => expect(languageOf(header)).toBe(language));
});

describe('words of a refusal', () => {
  it('leave out what is absent, with the space before it', () => {
    const words = 'quota {scope} {project}: {asked} {dimension}';
    expect(fillWords(words, { scope: 'tenant', project: null, asked: 8192, dimension: 'memoryMiB' }, 'en')).toBe(
      'quota of the tenant: 8,192 MiB of memory',
    );
  });
  it('say times with their zone', () => {
    const since = '2026-11-24T12:40:00.000Z';
    expect(fillWords('seit {since}', { since }, 'de')).toBe('seit 24.11.2026, 12:40 UTC');
    expect(fillWords('seit {since}', { since }, 'de', 'Europe/Berlin')).toBe('seit 24.11.2026, 13:40');
    expect(fillWords('seit {since}', { since }, 'de', 'Nowhere/Land')).toBe('seit 24.11.2026, 12:40 UTC');
  });
  it('say a name as it is, even when it is a word of ours', () => {
    expect(fillWords('{project}', { project: 'ready' }, 'de')).toBe('ready');
  });
});

describe('a sign-in sealed in the browser', () => {
  const key = new Uint8Array(32).fill(7);
  it('opens once more only unchanged, with the same key, within its time', () => {
    let now = 1_000;
    const cookie = new SealedCookie(key, () => now);
    const sealed = cookie.seal({ state: 'x' }, 60_000);
    expect(cookie.open(sealed)).toEqual({ state: 'x' });
    expect(sealed).not.toContain(Buffer.from('state').toString('base64url').slice(0, 6));
    expect(new SealedCookie(new Uint8Array(32), () => now).open(sealed)).toBeUndefined();
    expect(cookie.open(`${sealed.slice(0, -2)}AA`)).toBeUndefined();
    now += 60_001;
    expect(cookie.open(sealed)).toBeUndefined();
  });
});
