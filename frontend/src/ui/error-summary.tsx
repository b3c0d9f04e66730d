import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Faults } from './use-form';

/**
 * What is wrong, on top of a form that was refused: the fields' names, and the words that stand at them. Takes the focus when it
 * appears, so that it is read and reached first; with a new key it does so again.
 */
export function ErrorSummary({ faults, form }: { faults: Faults; form: RefObject<HTMLFormElement | null> }) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const entries = Object.keys(faults).length;
  const [labels, setLabels] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => {
    const found = Object.keys(faults).map((id) => [id, labelOf(form.current, id)] as const);
    setLabels(Object.fromEntries(found));
  }, [faults, form]);
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
        {t`${plural(entries, { one: 'Please check one entry', other: 'Please check # entries' })}`}
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
              {labels[id] ? `${labels[id]}: ` : ''}
              {fault}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How the field is called on the page, without what stands in brackets behind it. */
function labelOf(form: HTMLFormElement | null, id: string): string {
  const field = form?.querySelector(`#${CSS.escape(id)}`);
  const label = form?.querySelector(`label[for="${CSS.escape(id)}"]`) ?? field?.querySelector('legend');
  return label?.textContent?.replace(/ \(.*\)$/, '') ?? '';
}
