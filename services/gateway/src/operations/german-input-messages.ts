/** Sentences that the contracts state themselves; zod says all others in German on its own. */
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
  ['one line as in an OpenSSH .pub file', 'eine Zeile wie in einer .pub-Datei von OpenSSH'],
  ['one line', 'eine Zeile'],
]);

export function germanOf(message: string): string {
  return german.get(message) ?? message;
}
