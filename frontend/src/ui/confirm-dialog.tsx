import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './button';

/** One question before something that disturbs others or cannot be undone. The way out has the focus; Esc takes it. */
export function ConfirmDialog({
  open,
  title,
  keep,
  deed,
  busy = false,
  onKeep,
  onDeed,
  children,
}: {
  open: boolean;
  title: string;
  keep: string;
  deed: string;
  busy?: boolean;
  onKeep: () => void;
  onDeed: () => void;
  children: ReactNode;
}) {
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
      onClose={() => open && onKeep()}
      className="m-auto w-[calc(100vw-2rem)] max-w-md rounded-panel border border-border bg-popover p-6 text-foreground shadow-floating"
    >
      <h2 id={id} className="mb-2 text-h2 break-words">
        {title}
      </h2>
      <div className="mb-6">{children}</div>
      <div className="flex flex-wrap justify-end gap-3">
        <Button autoFocus onClick={onKeep}>
          {keep}
        </Button>
        <Button look="destructive" busy={busy} onClick={onDeed}>
          {deed}
        </Button>
      </div>
    </dialog>
  );
}
