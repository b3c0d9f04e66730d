import { useSyncExternalStore } from 'react';

export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];

const heard = new Set<() => void>();

/** Absent: each page as it suits what is on it. `public/theme.js` sets it before the first paint. */
export function density(): Density | undefined {
  return densities.find((one) => one === document.documentElement.dataset['density']);
}

export function useDensity(): Density | undefined {
  return useSyncExternalStore(onDensity, density);
}

export function chooseDensity(chosen: Density | undefined): void {
  if (chosen) {
    localStorage.setItem('density', chosen);
    document.documentElement.dataset['density'] = chosen;
  } else {
    localStorage.removeItem('density');
    delete document.documentElement.dataset['density'];
  }
  for (const listener of heard) listener();
}

function onDensity(listener: () => void): () => void {
  heard.add(listener);
  return () => heard.delete(listener);
}
