type Theme = 'light' | 'dark';
export const themeChoices = ['light', 'dark', 'system'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const kept = 'theme';
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const heard = new Set<() => void>();

/** `public/theme.js` has chosen before the first paint. */
export function currentTheme(): Theme {
  return document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light';
}

export function themeChoice(): ThemeChoice {
  const chosen = localStorage.getItem(kept);
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === 'system') localStorage.removeItem(kept);
  else localStorage.setItem(kept, choice);
  show();
}

function show(): void {
  const choice = themeChoice();
  document.documentElement.dataset['theme'] = choice === 'system' ? (systemIsDark.matches ? 'dark' : 'light') : choice;
  for (const listener of heard) listener();
}

systemIsDark.addEventListener('change', show); // Some systems grow dark in the evening, while the page is open.

export function onTheme(listener: () => void): () => void {
  heard.add(listener);
  return () => heard.delete(listener);
}
