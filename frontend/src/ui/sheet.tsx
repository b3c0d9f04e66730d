import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './button';

/** Looks at one row without losing the list. The browser keeps the focus inside, closes on Esc and gives it back. */
export function Sheet({
  title,
  onClose,
  onKeyDown,
  children,
}: {
  title: string;
  onClose: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  children: ReactNode;
}) {
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    heading.current?.focus();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
      className="fixed inset-y-0 right-0 left-auto m-0 h-dvh max-h-none w-full max-w-[640px] border-l border-border bg-popover p-0 text-foreground shadow-floating"
    >
      <div className="min-h-full p-4 sm:p-6">
        <div className="mb-4 flex items-start gap-4">
          <h2 ref={heading} id={id} tabIndex={-1} className="min-w-0 text-h2 break-words">
            {title}
          </h2>
          <Button
            look="quiet"
            className="ml-auto px-2"
            aria-label={t`Close`}
            title={t`Close`}
            onClick={() => dialog.current?.close()}
          >
            <X aria-hidden size={20} />
          </Button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
