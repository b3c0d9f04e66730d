import { useLingui } from '@lingui/react/macro';
import { type RefObject, useEffect, useRef } from 'react';
import type { Faults } from './use-form';

/**
 * What is wrong, on top of a form that was refused, in the words that stand at the fields. Takes the focus when it
 * appears, so that it is read and reached first; with a new key it does so again.
 */
export function ErrorSummary({ faults, form }: { faults: Faults; form: RefObject<HTMLFormElement | null> }) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const entries = Object.keys(faults).length;
  useEffect(() => {
    box.current?.focus();
    const title = document.title;
    document.title = t`Error: ${title}`;
    return () => {
      document.title = title;
    };
  }, [t]);
  const go = (id: string) => {
    const field = form.current?.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
    field?.scrollIntoView({ block: 'center' });
    field?.focus();
  };
  return (
    <div ref={box} role="alert" tabIndex={-1} className="rounded-panel border border-bad-mark bg-bad-tint p-4">
      <p className="font-semibold text-bad">
        {entries === 1 ? t`Please check one entry` : t`Please check ${entries} entries`}
      </p>
      <ul className="mt-1 list-inside list-disc">
        {Object.entries(faults).map(([id, fault]) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="text-bad underline"
              onClick={(event) => {
                event.preventDefault();
                go(id);
              }}
            >
              {fault}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
