import { useEffect } from 'react';

/**
 * What has the focus may go with what it did: a button that opened a form, a case that was decided. The browser then lets
 * the focus fall to the body, from where a keyboard begins at the top. It goes to the nearest heading above instead.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let path: Element[] = [];
    const onFocus = ({ target }: FocusEvent) => {
      path = [];
      for (let one = target instanceof Element ? target : null; one; one = one.parentElement) path.push(one);
    };
    // Whoever points elsewhere has left it.
    const onPointer = () => {
      path = [];
    };
    const onChange = () => {
      if (document.activeElement !== document.body || path[0]?.isConnected !== false) return;
      const near = path.find((one) => one.isConnected && one.querySelector('h1, h2, h3'));
      const heading = near?.querySelector<HTMLElement>('h1, h2, h3');
      path = [];
      if (!heading) return;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(onChange);
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('focusin', onFocus);
    document.addEventListener('pointerdown', onPointer);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('pointerdown', onPointer);
    };
  }, []);
}
