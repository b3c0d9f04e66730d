import { detailWords, type Language } from '@dvmm/contracts';

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const somebody = { de: 'jemand anderen', en: 'somebody else' };

/**
 * Fills `{name}` from a refusal's detail, in the person's language. Absent parts vanish with the space before them.
 * @param zone the person's, as in the IANA database; without it, or where it is none, times are in UTC and say so
 */
export function fillWords(
  text: string,
  about: Readonly<Record<string, unknown>>,
  language: Language,
  zone?: string,
): string {
  return text
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => valueInWords(name, about[name], language, zone))
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll(/ ([.,:;])/g, '$1');
}

function valueInWords(name: string, value: unknown, language: Language, zone: string | undefined): string {
  if (name === 'by') return (value as { name?: string } | null | undefined)?.name ?? somebody[language];
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : '–';
  const text = String(value);
  const known = detailWords[name]?.[text];
  if (known) return known[language];
  if (typeof value === 'number') return value.toLocaleString(language);
  return isoTime.test(text) ? timeInWords(new Date(text), language, zone) : text;
}

function timeInWords(time: Date, language: Language, zone: string | undefined): string {
  const locale = language === 'de' ? 'de-DE' : 'en-GB';
  const said = (timeZone: string) => time.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  try {
    if (zone) return said(zone);
  } catch {
    // No zone that we know of.
  }
  return `${said('UTC')} UTC`;
}
