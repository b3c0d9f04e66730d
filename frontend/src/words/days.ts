import { timeZone } from './time-zone';

/** Beginning of a day of the person's own zone, given as `2026-11-24`; undefined for anything else. */
export function startOfDay(day: string | undefined): string | undefined {
  return onMidnight(day, 0);
}

/** Beginning of the day after, so that the day itself is included. */
export function endOfDay(day: string | undefined): string | undefined {
  return onMidnight(day, 1);
}

function onMidnight(day: string | undefined, later: number): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '') ?? [];
  if (!year || !month || !date) return undefined;
  const asIfUtc = Date.UTC(Number(year), Number(month) - 1, Number(date) + later);
  if (Number.isNaN(asIfUtc)) return undefined;
  // The offset at a first guess may be that before or after a change of the clocks; at the second it is the day's own.
  const guess = asIfUtc - offsetMs(asIfUtc);
  return new Date(asIfUtc - offsetMs(guess)).toISOString();
}

/** How far the person's zone is ahead of UTC at a moment. */
function offsetMs(at: number): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: timeZone(), timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /^GMT([+-])(\d\d):(\d\d)/.exec(name) ?? []; // UTC itself is `GMT` alone.
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
