import { describe, expect, it } from 'vitest';
import { keyOf, pageOf } from '../src/index.js';

const id = '5f0c3a52-4a47-5c0e-9f52-0a3c1d9b7e11';
const forged = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');

describe('a cursor', () => {
  it('stands for the last row of its page', () => {
    const rows = [
      { at: '2026-11-25T08:00:00.000Z' },
      { at: '2026-11-25T07:00:00.000Z' },
      { at: '2026-11-25T06:00:00.000Z' },
    ];
    const page = pageOf(rows, 2, ({ at }) => [at, id]);
    expect(page.rows).toEqual(rows.slice(0, 2));
    expect(keyOf(page.nextCursor ?? '', 'time', 'uuid')).toEqual(['2026-11-25T07:00:00.000Z', id]);
  });

  it('is absent on the last page, however full', () => {
    expect(pageOf(['a', 'b'], 2, (row) => [row]).nextCursor).toBeNull();
    expect(pageOf([], 2, () => []).nextCursor).toBeNull();
  });

  it('begins anew when it is mangled', () => {
    for (const cursor of [
      '',
      '%%%',
      'bm8ganNvbg',
      forged(null),
      forged({ length: 1, 0: 'a' }),
      forged([7]),
      forged(['a', 'b']),
    ]) {
      expect(keyOf(cursor, 'text')).toBeUndefined();
    }
  });

  it('begins anew when a part is not of its kind', () => {
    const wrong = {
      text: ['a\0b'],
      number: ['-1', '1e3', '1.5', '1000000000', '', '0x1'],
      time: ['2026', 'now', '2026-13-45T00:00:00Z', '2026-11-25', ''],
      uuid: ['5f0c3a52', `${id}x`, "' OR 1=1 --", ''],
    } as const;
    for (const [kind, parts] of Object.entries(wrong)) {
      for (const part of parts) expect(keyOf(forged([part]), kind as keyof typeof wrong), part).toBeUndefined();
    }
    expect(keyOf(forged(['', '0', '2026-11-25T08:00:00Z', id]), 'text', 'number', 'time', 'uuid')).toHaveLength(4);
  });
});
