import { type ReactNode, useEffect, useRef } from 'react';

/** A form that opens within its page. The first field has the focus; the rest of the page stays where it can be read. */
export function Panel({ title, children }: { title: string; children: ReactNode }) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest' });
    section.current?.querySelector<HTMLElement>('input, select, textarea')?.focus({ preventScroll: true });
  }, []);
  return (
    <section ref={section} className="mb-8 rounded-panel border border-border bg-card p-4 sm:p-6">
      <h2 className="mb-4 text-h3 break-words">{title}</h2>
      {children}
    </section>
  );
}
