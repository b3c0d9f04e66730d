import { useLayoutEffect, useState } from 'react';

let worn: HTMLLinkElement | undefined;

/**
 * Puts the tenant's stylesheet into the page.
 * @param version as `GET /api/v1/me` names it; null: the tenant has no colour of its own; undefined: nobody has said yet
 * @returns false until the first has come or failed, so that nothing is drawn in a colour that it then loses
 */
export function useBrand(version: string | null | undefined): boolean {
  const [came, setCame] = useState(false);
  useLayoutEffect(() => {
    if (version === undefined) return;
    if (version === null) {
      worn?.remove();
      worn = undefined;
      setCame(true);
      return;
    }
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = `/api/v1/branding.css?v=${version}`;
    const wear = () => {
      if (worn !== link) worn?.remove(); // Only now: between two colours there is no third.
      worn = link;
      setCame(true);
    };
    link.onload = wear;
    link.onerror = wear;
    document.head.append(link);
  }, [version]);
  return came;
}
