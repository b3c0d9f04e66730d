import { expect, it } from 'vitest';
import { eventually } from '../src/index.js';

it('answers what was seen as soon as there is something', async () => {
  let looks = 0;
  expect(await eventually(() => ++looks === 3 && 'third')).toBe('third');
});

it('says what was last seen when the time is over', async () => {
  const look = () => {
    throw new Error('still 2 of 3');
  };
  await expect(eventually(look, { timeoutMs: 60, what: 'the third mail' })).rejects.toThrow(
    'the third mail did not come true within 60 ms; last seen: still 2 of 3',
  );
});
