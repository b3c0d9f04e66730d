import { i18n } from '@lingui/core';

/**
 * A number as the person's region writes it: `1.234,5` in German, `1,234.5` in English; spaces may part thousands, too.
 * Null for anything else, so that `1.5` typed by a German is asked about and never read as fifteen hundred.
 */
export function readNumber(text: string, language = i18n.locale): number | null {
  const given = text.replaceAll(/[\s\u00a0\u202f]/g, '');
  const [thousands, decimal] = language === 'en' ? [',', '.'] : ['.', ','];
  const [whole = '', fraction = '', ...more] = given.split(decimal);
  const groups = whole.split(thousands);
  const plain = groups.length === 1 && /^\d+$/.test(whole);
  const grouped =
    groups.length > 1 && groups.every((group, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group));
  if (more.length > 0 || !(plain || grouped) || (given.includes(decimal) && !/^\d+$/.test(fraction))) return null;
  return Number(`${groups.join('')}.${fraction || '0'}`);
}

/** A whole number within bounds, else null. */
export function readWhole(text: string, least: number, most = Number.MAX_SAFE_INTEGER): number | null {
  const value = readNumber(text);
  return value !== null && Number.isInteger(value) && value >= least && value <= most ? value : null;
}

/** As it would be typed, without parting thousands. */
export function writeNumber(value: number): string {
  return new Intl.NumberFormat(i18n.locale === 'en' ? 'en-GB' : 'de-DE', {
    useGrouping: false,
    maximumFractionDigits: 2,
  }).format(value);
}
