import { afterEach, describe, expect, it } from 'vitest';
import { endOfDay, startOfDay } from '../src/words/days';
import { exactMoment, moment } from '../src/words/format';
import { tellTimesIn, timeZone } from '../src/words/time-zone';

afterEach(() => tellTimesIn(null));

describe('a day of the zone that the person chose', () => {
  it.each([
    ['Europe/Berlin', '2026-11-24', '2026-11-23T23:00:00.000Z', '2026-11-24T23:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'], // 23 hours
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'], // 25 hours
    ['America/New_York', '2026-12-31', '2026-12-31T05:00:00.000Z', '2027-01-01T05:00:00.000Z'],
    ['Asia/Kolkata', '2026-02-28', '2026-02-27T18:30:00.000Z', '2026-02-28T18:30:00.000Z'],
    ['UTC', '2026-02-28', '2026-02-28T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
  ])('in %s, %s begins and ends at its own midnights', (zone, day, from, to) => {
    tellTimesIn(zone);
    expect([startOfDay(day), endOfDay(day)]).toEqual([from, to]);
  });

  it.each(['2026-11', 'gestern', '2026-99-99x', ''])('%j is none', (text) => {
    expect(startOfDay(text)).toBeUndefined();
  });
});

describe('a moment', () => {
  it('is told in the zone that the person chose', () => {
    tellTimesIn('Asia/Tokyo');
    expect(moment('2026-11-24T13:05:00Z')).toBe('24.11.2026, 22:05');
    tellTimesIn('America/New_York');
    expect(moment('2026-11-24T13:05:00Z')).toBe('24.11.2026, 08:05');
    expect(exactMoment('2026-11-24T13:05:09Z')).toContain('08:05:09');
  });

  it('is told in the zone of the device where the browser does not know the chosen one', () => {
    tellTimesIn('Europe/Bielefeld');
    expect(timeZone()).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
  });
});
