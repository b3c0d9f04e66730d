import type { ReactNode } from 'react';
import { Button } from './button';
import { Dialog } from './dialog';

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
  return (
    <Dialog open={open} title={title} onClose={onKeep}>
      <div className="mb-6">{children}</div>
      <div className="flex flex-wrap justify-end gap-3">
        <Button autoFocus onClick={onKeep}>
          {keep}
        </Button>
        <Button look="destructive" busy={busy} onClick={onDeed} className="whitespace-normal">
          {deed}
        </Button>
      </div>
    </Dialog>
  );
}
