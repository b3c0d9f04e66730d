import type { Language } from '@dvmm/contracts';
import type { z } from 'zod';

type Issue = Parameters<z.core.$ZodErrorMap>[0];

/** Sentences that the contracts state themselves, in German. */
const german = new Map([
  [
    'lower-case letters, digits and hyphens, 3 to 63 characters, beginning with a letter',
    'Kleinbuchstaben, Ziffern und Bindestrich, 3 bis 63 Zeichen, beginnend mit einem Buchstaben',
  ],
  [
    'lower-case letters, digits and hyphens, 2 to 31 characters',
    'Kleinbuchstaben, Ziffern und Bindestrich, 2 bis 31 Zeichen',
  ],
  ['1 to 20 letters, digits or hyphens', '1 bis 20 Buchstaben, Ziffern oder Bindestriche'],
  ['Enter one line as in an OpenSSH .pub file.', 'Geben Sie eine Zeile wie in einer .pub-Datei von OpenSSH ein.'],
  ['a certificate in PEM', 'ein Zertifikat in PEM'],
  ['three capital letters, as in ISO 4217', 'drei Großbuchstaben wie in ISO 4217'],
  ['a currency of ISO 4217', 'eine Währung nach ISO 4217'],
  ['a time zone of the IANA, such as Europe/Berlin', 'eine Zeitzone der IANA wie Europe/Berlin'],
  ['a colour such as #006699', 'eine Farbe wie #006699'],
  ['one line, without control characters', 'eine Zeile ohne Steuerzeichen'],
]);

export function germanOf(message: string): string {
  return german.get(message) ?? message;
}

const formats: Record<string, Record<Language, string>> = {
  uuid: { de: 'Das ist keine Kennung (UUID).', en: 'This is no id (UUID).' },
  email: { de: 'Das ist keine E-Mail-Adresse.', en: 'This is no mail address.' },
  ipv4: { de: 'Das ist keine IPv4-Adresse.', en: 'This is no IPv4 address.' },
  datetime: { de: 'Ein Zeitpunkt wie 2026-11-25T14:05:00Z.', en: 'A time such as 2026-11-25T14:05:00Z.' },
};

/** What is wrong with one entry, as a person would be told; undefined where zod's own sentence must do. */
export function inputWords(issue: Issue, language: Language): string | undefined {
  const say = (de: string, en: string) => (language === 'de' ? de : en);
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return say('Diese Angabe fehlt.', 'This is missing.');
      return say('Diese Angabe hat die falsche Art.', 'This is of the wrong kind.');
    case 'too_small':
      if (issue.origin === 'string')
        return say(`Mindestens ${issue.minimum} Zeichen.`, `At least ${issue.minimum} characters.`);
      if (issue.origin === 'array')
        return say(`Mindestens ${issue.minimum} Einträge.`, `At least ${issue.minimum} entries.`);
      return say(`Mindestens ${issue.minimum}.`, `At least ${issue.minimum}.`);
    case 'too_big':
      if (issue.origin === 'string')
        return say(`Höchstens ${issue.maximum} Zeichen.`, `At most ${issue.maximum} characters.`);
      if (issue.origin === 'array')
        return say(`Höchstens ${issue.maximum} Einträge.`, `At most ${issue.maximum} entries.`);
      return say(`Höchstens ${issue.maximum}.`, `At most ${issue.maximum}.`);
    case 'invalid_format':
      return formats[issue.format]?.[language];
    case 'invalid_value':
      return say(`Eines von: ${issue.values.join(', ')}.`, `One of: ${issue.values.join(', ')}.`);
    default:
      return undefined;
  }
}
