import { i18n } from '@lingui/core';
import { timeZone } from './time-zone';

/** `Intl` by region: de-DE writes 1.234,50 €, en-GB €1,234.50. */
const region = () => (i18n.locale === 'en' ? 'en-GB' : 'de-DE');

const made = new Map<string, unknown>();

/** One formatter for all cells of a table: to make one takes longer than all else that a cell needs. */
function formatter<Kind extends new (region: string, options: never) => object>(
  Kind: Kind,
  options: ConstructorParameters<Kind>[1],
): InstanceType<Kind> {
  const key = [Kind.name, region(), JSON.stringify(options)].join(' ');
  const format = made.get(key) ?? new Kind(region(), options as never);
  made.set(key, format);
  return format as InstanceType<Kind>;
}

/** From integer cents, always with the currency. The period is the caller's to say. */
export function money(cents: number, currency: string): string {
  return formatter(Intl.NumberFormat, { style: 'currency', currency }).format(cents / 100);
}

export function count(value: number): string {
  return formatter(Intl.NumberFormat, {}).format(value);
}

/** GB means 1,024³ bytes, as in the vSphere Client. */
export function gigabytes(mebibytes: number): string {
  return `${formatter(Intl.NumberFormat, { maximumFractionDigits: 1 }).format(mebibytes / 1024)}\u00a0GB`;
}

/** Of a disk, which is counted in GiB where memory is counted in MiB. */
export const diskSize = (gibibytes: number): string => gigabytes(gibibytes * 1024);

/** `4 vCPU, 8 GB, 100 GB`. */
export function machineSize({
  vcpus,
  memoryMiB,
  diskGiB,
}: {
  vcpus: number;
  memoryMiB: number;
  diskGiB: number;
}): string {
  return `${count(vcpus)} vCPU, ${gigabytes(memoryMiB)}, ${diskSize(diskGiB)}`;
}

interface MonthlyCost {
  readonly currency: string;
  readonly monthlyCostCents: number;
}

/** Cents of all together; amounts of two currencies make no sum. */
export function costByCurrency(costs: readonly MonthlyCost[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { currency, monthlyCostCents } of costs) sums.set(currency, (sums.get(currency) ?? 0) + monthlyCostCents);
  return sums;
}

export function totalCost(costs: readonly MonthlyCost[]): string {
  return list(
    [...costByCurrency(costs)].map(([currency, cents]) => money(cents, currency)),
    'and',
  );
}

/** `24.11.2026, 14:05`, in the person's own zone. */
export function moment(iso: string): string {
  return formatter(Intl.DateTimeFormat, {
    day: i18n.locale === 'en' ? 'numeric' : '2-digit',
    month: i18n.locale === 'en' ? 'short' : '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: timeZone(),
  }).format(new Date(iso));
}

/** `14:35`, for what is only minutes away. */
export function clock(iso: string, zone = timeZone()): string {
  return formatter(Intl.DateTimeFormat, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).format(new Date(iso));
}

/** With seconds and zone, as evidence needs it. */
export function exactMoment(iso: string): string {
  return formatter(Intl.DateTimeFormat, {
    dateStyle: 'medium',
    timeStyle: 'long',
    hourCycle: 'h23',
    timeZone: timeZone(),
  }).format(new Date(iso));
}

/** A day given as `2026-11-24`, whatever the person's zone. */
export function dayOf(day: string): string {
  return formatter(Intl.DateTimeFormat, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day));
}

/** The day so many days from now. */
export function dayIn(days: number): string {
  return formatter(Intl.DateTimeFormat, { dateStyle: 'medium', timeZone: timeZone() }).format(
    new Date(Date.now() + days * 86_400_000),
  );
}

const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** `vor 3 Minuten`, `now` within a minute; null once it is older than seven days and the date alone says more. */
export function ago(iso: string, now = Date.now()): string | 'now' | null {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1_000);
  if (Math.abs(seconds) > 7 * 86_400) return null;
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? [null, 0];
  if (!unit) return 'now';
  return formatter(Intl.RelativeTimeFormat, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}

/** `3 Minuten`, `2 Stunden`: a length to reckon with, in the largest unit that it fills, never below a minute. */
export function roughly(seconds: number): string {
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? ['minute', 60];
  const format = formatter(Intl.NumberFormat, { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(Math.max(1, Math.round(seconds / size)));
}

/** `45 s`, `1 min 20 s`, `2 h 10 min`, `3 d`: the two largest units, the same in both languages. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  if (milliseconds > 0 && milliseconds < 1_000) return '<\u00a01\u00a0s';
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first < 0) return '0\u00a0s';
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}\u00a0${unit}`)
    .join(' ');
}

/** `A, B oder C`. */
export function list(parts: readonly string[], word: 'and' | 'or'): string {
  return formatter(Intl.ListFormat, { type: word === 'and' ? 'conjunction' : 'disjunction' }).format(parts);
}
