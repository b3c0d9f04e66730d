import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { forgetChange, type HeldChange, sendChange } from '../../api/held-changes';
import { Problem } from '../../api/problem';
import { Button } from '../../ui/button';
import { StatusBadge } from '../../ui/status-badge';
import { duration } from '../../words/format';
import { orderStatus } from '../../words/status';

/** What became of a decision of mine: can be undone, is on its way, or did not count and why. */
export function Ordered({ change, onUndo }: { change: HeldChange; onUndo: (change: HeldChange) => void }) {
  const { t } = useLingui();
  const { name, state, error } = change;
  const status = state === 'refused' ? orderStatus.refused : orderStatus[change.deed];
  const problem = error instanceof Problem ? error : undefined;
  return (
    <div className="min-w-0 flex-1">
      <p className="flex flex-wrap items-center gap-x-3">
        <strong className="min-w-0 break-words">{name}</strong>
        <StatusBadge status={status} plain />
      </p>
      {state === 'waiting' ? (
        <div className="flex flex-wrap items-center gap-x-3">
          <Button look="quiet" className="-ml-4" of={name} onClick={() => onUndo(change)}>
            {t`Undo`}
          </Button>
          <Left until={change.sentAt} />
        </div>
      ) : null}
      {state === 'refused' ? (
        <>
          <p role="alert" className="text-small">
            {problem?.detail ?? t`The fault is ours. Reload the page, or try again later.`}
          </p>
          <div className="flex flex-wrap gap-x-2">
            {problem && (problem.passes || problem.status === 401) ? (
              <Button look="quiet" className="-ml-4" of={name} onClick={() => void sendChange(change.id)}>
                {t`Try again`}
              </Button>
            ) : null}
            <Button look="quiet" className="-ml-4" of={name} onClick={() => forgetChange(change.id)}>
              {t`Read`}
            </Button>
          </div>
        </>
      ) : null}
    </div>
  );
}

/** Seen, not announced: a screen reader hears of the undoing once, when the decision is made. */
function Left({ until }: { until: number }) {
  const { t } = useLingui();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  const left = duration(Math.max(1, Math.ceil((until - now) / 1_000)) * 1_000);
  return <span aria-hidden="true" className="text-small text-muted-foreground">{t`${left} left`}</span>;
}
