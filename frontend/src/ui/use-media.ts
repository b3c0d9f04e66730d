import { useSyncExternalStore } from 'react';

/** Whether a media query holds, and again when that changes: for what is another thing on a narrow screen, not only another look. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}
