import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { count, totalCost } from '../../words/format';
import type { Case } from './case';
import { ReasonForm } from './reason-form';

/** One reason for all that is chosen; each row then says what became of it. */
export function RejectMany({
  chosen,
  onSend,
  onBack,
}: {
  chosen: readonly Case[];
  onSend: (reason: string) => void;
  onBack: () => void;
}) {
  const { t } = useLingui();
  const [reason, setReason] = useState('');
  const [number, cost] = [count(chosen.length), totalCost(chosen.map(({ vm }) => vm.size))];
  return (
    <section aria-labelledby="reject-many">
      <h2
        id="reject-many"
        className="text-h2"
      >{t`${plural(chosen.length, { one: 'Reject # request', other: 'Reject # requests' })}`}</h2>
      <p className="mb-2 text-muted-foreground">{t`Together ${cost} a month. All of them get the same reason.`}</p>
      <ul className="list-inside list-disc">
        {chosen.map(({ id, vm, requester }) => (
          <li key={id} className="break-words">
            {vm.name}, {requester.name ?? t`Deleted person`}
          </li>
        ))}
      </ul>
      <ReasonForm
        deed={t`Reject ${number}`}
        reason={reason}
        busy={false}
        onWrite={setReason}
        onSend={onSend}
        onBack={onBack}
      />
    </section>
  );
}
