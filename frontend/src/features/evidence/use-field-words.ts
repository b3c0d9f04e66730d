import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import { count, diskSize, duration, exactMoment, gigabytes, money } from '../../words/format';
import { isRole, roleWords } from '../../words/roles';
import { fieldWords } from './event-words';
import type { Names } from './use-names';

/** How fields of an event read: their names, and their values with units, names and times. */
export function useFieldWords(names: Names, data: unknown) {
  const { _ } = useLingui();
  const currency = fieldNamed(data, 'currency');
  const label = (path: readonly string[]) =>
    path
      .filter((part) => !(part === 'id' && path.length > 1))
      .map((part) => (/^\d+$/.test(part) ? count(Number(part) + 1) : fieldWords[part] ? _(fieldWords[part]) : part))
      .join(' · ');
  const one = (name: string | undefined, value: unknown): string => {
    if (value === undefined || value === null) return '–';
    if (typeof value === 'boolean') return value ? _(msg`yes`) : _(msg`no`);
    if (typeof value === 'number') {
      if (name?.endsWith('Cents') && currency) return money(value, currency);
      if (name === 'memoryMiB') return gigabytes(value);
      if (name === 'diskGiB') return diskSize(value);
      if (name === 'durationMs') return duration(value);
      return name === 'port' ? String(value) : count(value);
    }
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (text.startsWith('sealed:')) return _(msg`Sealed text; it can be read at the request.`);
    if (name === 'roles' && isRole(text)) return _(roleWords[text]);
    if (/^\d{4}-\d\d-\d\dT/.test(text)) return exactMoment(text);
    return names.known.get(text) ?? text;
  };
  const show = (path: readonly string[], value: unknown): string => {
    const name = path.at(-1);
    if (Array.isArray(value)) return value.length === 0 ? '–' : value.map((item) => one(name, item)).join(', ');
    return one(name, value);
  };
  return { label, show };
}

function fieldNamed(data: unknown, name: string): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const here = (data as Record<string, unknown>)[name];
  if (typeof here === 'string') return here;
  for (const value of Object.values(data)) {
    const deeper = fieldNamed(value, name);
    if (deeper) return deeper;
  }
  return undefined;
}
