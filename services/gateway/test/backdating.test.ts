import { describe, expect, it } from 'vitest';
import { backdatedSecondsOf } from '../src/operations/backdating.js';

describe('how far back a call plays', () => {
  it('is not at all without the header', () => {
    expect([backdatedSecondsOf(undefined, true), backdatedSecondsOf(undefined, false)]).toEqual([undefined, undefined]);
  });

  it('is what the header says where the installation allows it, up to 90 days', () => {
    expect(['1', '864000', '7776000'].map((header) => backdatedSecondsOf(header, true))).toEqual([
      1, 864_000, 7_776_000,
    ]);
  });

  it.each(['0', '-60', '1.5', '1e3', '7776001', '', 'yesterday', '60, 60'])('is refused as “%s”', (header) => {
    expect(() => backdatedSecondsOf(header, true)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });
});
