import { useEffect, useRef, useSyncExternalStore } from 'react';

let said = '';
const listeners = new Set<() => void>();

/** Tells screen readers what changed without moving anything. The last word wins. */
export function announce(text: string): void {
  said = text;
  for (const listener of listeners) listener();
}

/** Announces each new sentence, but not the first: it is on the page that was just opened. Empty: nothing is known yet. */
export function useSaidWhenChanged(sentence: string): void {
  const before = useRef('');
  useEffect(() => {
    if (!sentence) return;
    if (before.current && before.current !== sentence) announce(sentence);
    before.current = sentence;
  }, [sentence]);
}

/** The page's one polite region; it stands in the page, empty, from the start. */
export function Announcer() {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => said,
  );
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
}
