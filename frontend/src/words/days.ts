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
  const midnight = new Date(Number(year), Number(month) - 1, Number(date) + later);
  return Number.isNaN(midnight.getTime()) ? undefined : midnight.toISOString();
}
