import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useChange } from '../../api/query';
import { listTenants, suspendTenant } from '../../api/routes';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ProblemNote } from '../../ui/problem-note';

/** Disruptive and undoable: one question that names the effect. */
export function SuspendTenant({ tenant: { id, name } }: { tenant: { readonly id: string; readonly name: string } }) {
  const { t } = useLingui();
  const [asked, setAsked] = useState(false);
  const suspend = useChange(suspendTenant, [listTenants]);
  const keep = () => setAsked(false);
  const go = () =>
    suspend.mutate(
      { id },
      {
        onSuccess: () => {
          keep();
          announce(t`${name} is suspended.`);
        },
      },
    );
  return (
    <>
      <Button look="quiet" onClick={() => setAsked(true)}>
        {t`Suspend …`} <span className="sr-only">{name}</span>
      </Button>
      <ConfirmDialog
        open={asked}
        title={t`Suspend ${name}?`}
        keep={t`Keep open`}
        deed={t`Suspend ${name}`}
        busy={suspend.isPending}
        onKeep={keep}
        onDeed={go}
      >
        {t`From now on its people change nothing: no requests, no decisions, no switching. Running VMs go on, and everything can be read. You can open it again at any time.`}
        {suspend.error ? <ProblemNote error={suspend.error} /> : null}
      </ConfirmDialog>
    </>
  );
}
