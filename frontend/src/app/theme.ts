export type Theme = 'light' | 'dark';

/** `public/theme.js` has chosen before the first paint. */
export function currentTheme(): Theme {
  return document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light';
}

const heard = new Set<() => void>();

export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  localStorage.setItem('theme', theme);
  for (const listener of heard) listener();
}

export function onTheme(listener: () => void): () => void {
  heard.add(listener);
  return () => heard.delete(listener);
}
