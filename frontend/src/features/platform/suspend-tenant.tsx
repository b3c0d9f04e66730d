import { useLingui } from '@lingui/react/macro';
import { useId, useRef } from 'react';
import { useChange } from '../../api/query';
import { listTenants, suspendTenant } from '../../api/routes';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { ProblemNote } from '../../ui/problem-note';

/** Disruptive and undoable: one question that names the effect. */
export function SuspendTenant({ tenant: { id, name } }: { tenant: { readonly id: string; readonly name: string } }) {
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const suspend = useChange(suspendTenant, [listTenants]);
  const go = () =>
    suspend.mutate(
      { id },
      {
        onSuccess: () => {
          dialog.current?.close();
          announce(t`${name} is suspended.`);
        },
      },
    );
  return (
    <>
      <Button look="quiet" onClick={() => dialog.current?.showModal()}>
        {t`Suspend …`} <span className="sr-only">{name}</span>
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby={title}
        className="m-auto max-w-md rounded-panel border border-border bg-popover p-6 text-left text-foreground shadow-floating"
      >
        <h2 id={title} className="mb-2 text-h2 break-words">{t`Suspend ${name}?`}</h2>
        <p className="mb-4">
          {t`From now on its people change nothing: no requests, no decisions, no switching. Running VMs go on, and everything can be read. You can open it again at any time.`}
        </p>
        {suspend.error ? <ProblemNote error={suspend.error} /> : null}
        <div className="mt-4 flex flex-wrap justify-end gap-3">
          <Button autoFocus onClick={() => dialog.current?.close()}>{t`Keep open`}</Button>
          <Button look="destructive" busy={suspend.isPending} onClick={go} className="whitespace-normal">
            {t`Suspend ${name}`}
          </Button>
        </div>
      </dialog>
    </>
  );
}
