import { type ReactNode, useEffect, useId, useRef } from 'react';
import { classNames } from './class-names';

interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Before the page, which waits. Its first control has the focus; Esc closes it, and the focus goes back. */
export function Dialog({ open, title, wide, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      // Esc tells of the closing only later, when the dialog may have been opened again.
      onCancel={onClose}
      onClose={() => open && !dialog.current?.open && onClose()}
      className={classNames(
        'm-auto w-[calc(100vw-2rem)] rounded-panel border border-border bg-popover p-6 text-left text-foreground shadow-floating',
        wide ? 'max-w-xl' : 'max-w-md',
      )}
    >
      {open ? (
        <>
          <h2 id={id} className="mb-2 text-h2 break-words">
            {title}
          </h2>
          {children}
        </>
      ) : null}
    </dialog>
  );
}
