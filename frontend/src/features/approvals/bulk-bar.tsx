import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Button } from '../../ui/button';
import { count, totalCost } from '../../words/format';
import type { Case } from './case';
import { PressedBy } from './pressed-by';

/** What is chosen, what it costs together, and the two decisions; before anything goes. */
export function BulkBar({
  chosen,
  alikeLeft,
  otherStages,
  onApprove,
  onReject,
  onAll,
  onNone,
}: {
  chosen: readonly Case[];
  /** How many more are in the same stage. */
  alikeLeft: number;
  otherStages: boolean;
  onApprove: () => void;
  onReject: () => void;
  onAll: () => void;
  onNone: () => void;
}) {
  const { t } = useLingui();
  const [number, cost] = [count(chosen.length), totalCost(chosen.map(({ vm }) => vm.size))];
  return (
    <section
      aria-label={t`What is chosen`}
      className="sticky bottom-0 border-t rounded-b-panel border-border bg-card p-4 max-sm:bottom-14"
    >
      <p className="font-semibold">
        {t`${plural(chosen.length, { one: '# request', other: '# requests' })}, ${cost} a month`}
      </p>
      {otherStages ? (
        <p className="text-small text-muted-foreground">{t`Only requests in the same stage can be decided together.`}</p>
      ) : null}
      <div className="mt-2 flex flex-wrap gap-x-4 gap-y-2">
        <Button look="primary" onClick={onApprove}>
          {t`Approve ${number}`} <PressedBy>A</PressedBy>
        </Button>
        <Button onClick={onReject}>
          {t`Reject ${number} …`} <PressedBy>R</PressedBy>
        </Button>
      </div>
      <div className="mt-2 -ml-4 flex flex-wrap">
        {alikeLeft > 0 ? (
          <Button look="quiet" onClick={onAll}>{t`Choose ${count(alikeLeft)} more of this stage`}</Button>
        ) : null}
        <Button look="quiet" onClick={onNone}>{t`Choose none`}</Button>
      </div>
    </section>
  );
}
