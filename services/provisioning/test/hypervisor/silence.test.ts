import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Silence } from '../../src/hypervisor/vsphere/silence.js';

const unbounded = new AbortController().signal;
/** Answers nothing until it is given up. */
const mute = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
const answerAfter = (ms: number) => (signal: AbortSignal) => pause(ms, 'answer', { signal });
function standStill(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe.concurrent('silence', () => {
  it('ends every call under way when the question is not answered either', async () => {
    const silence = new Silence(mute);
    const calls = await Promise.allSettled([silence.during(unbounded, mute), silence.during(unbounded, mute)]);
    const ended = { status: 'rejected', reason: expect.objectContaining({ name: 'TimeoutError' }) };
    expect(calls).toEqual([ended, ended]);
  }, 10_000);

  it('is not believed when another call was answered meanwhile', async () => {
    const silence = new Silence(mute);
    const slow = silence.during(unbounded, answerAfter(6_500));
    const quick = [1_500, 2_500, 4_500].map((ms) => silence.during(unbounded, answerAfter(ms)));
    expect(await Promise.all([slow, ...quick])).toEqual(Array.from({ length: 4 }, () => 'answer'));
  }, 10_000);

  it('is asked about ever more seldom while vCenter is there', async () => {
    let asked = 0;
    const silence = new Silence(async () => void (asked += 1));
    expect(await silence.during(unbounded, answerAfter(7_500))).toBe('answer');
    expect(asked).toBe(2);
  }, 10_000);

  it('does not hold up a fault, nor a caller who gives up', async () => {
    const silence = new Silence(mute);
    await expect(silence.during(unbounded, () => Promise.reject(new Error('fault')))).rejects.toThrow('fault');
    await expect(silence.during(AbortSignal.timeout(10), mute)).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('a process that stood still', () => {
  it('does not take its own sleep for silence', async () => {
    let asked = 0;
    const silence = new Silence((signal) => {
      asked += 1;
      if (asked === 1) setImmediate(() => standStill(3_500));
      return asked === 1 ? mute(signal) : Promise.resolve();
    });
    const call = silence.during(unbounded, answerAfter(7_000));
    standStill(2_500); // Before the first question.
    expect(await call).toBe('answer');
    expect(asked).toBeGreaterThan(0);
  }, 20_000);
});
