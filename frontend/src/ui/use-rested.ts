import { useEffect, useState } from 'react';

/** The value once it has not changed for so long, so that not every key asks the server. Compared by content. */
export function useRested<T>(value: T, restMs: number): T {
  const [rested, setRested] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(JSON.parse(text) as T), restMs);
    return () => clearTimeout(timer);
  }, [text, restMs]);
  return rested;
}
