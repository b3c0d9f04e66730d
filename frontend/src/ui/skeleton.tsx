import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';

/** The final shape in grey. Nothing for 200 ms, so that a quick answer does not flicker; screen readers hear of it later. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  const { t } = useLingui();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-busy="true" className={shown ? 'space-y-3' : 'invisible space-y-3'}>
      <span className="sr-only">{shown ? t`Loading` : ''}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="h-6 rounded-control bg-accent" />
      ))}
    </div>
  );
}
