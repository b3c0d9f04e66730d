import { i18n } from '@lingui/core';

export type Language = 'de' | 'en';

const kept = 'language';

/** The person's own choice, else the browser's, else German. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem(kept);
  if (chosen === 'de' || chosen === 'en') return chosen;
  return navigator.languages.some((tag) => tag.startsWith('de')) ||
    !navigator.languages.some((tag) => tag.startsWith('en'))
    ? 'de'
    : 'en';
}

/** The one the page speaks now. */
export const language = (): Language => (i18n.locale === 'de' ? 'de' : 'en');

/** Loads one catalogue, the only one that the page then holds, and says so to screen readers. */
export async function speak(language: Language): Promise<void> {
  const { messages } = language === 'de' ? await import('./catalogue/de.po') : await import('./catalogue/en.po');
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
  localStorage.setItem(kept, language);
}
