import { useLingui } from '@lingui/react/macro';
import { Columns3 } from 'lucide-react';
import { useState } from 'react';
import { Check } from '../../ui/field';
import type { Column } from './columns';

const kept = 'machine-columns';
const usual = ['status', 'address', 'size', 'project', 'owner', 'cost'];

/** Which columns a person wants, by id; kept in her browser, as it says nothing about anybody. */
export function useChosenColumns() {
  const [ids, setIds] = useState<readonly string[]>(() => localStorage.getItem(kept)?.split(' ') ?? usual);
  const choose = (chosen: readonly string[]) => {
    localStorage.setItem(kept, chosen.join(' '));
    setIds(chosen);
  };
  return { ids, choose };
}

export function ColumnChoice({
  columns,
  chosen,
  onChoose,
}: {
  columns: readonly Column[];
  chosen: readonly string[];
  onChoose: (chosen: readonly string[]) => void;
}) {
  const { t, i18n } = useLingui();
  return (
    <div className="max-md:hidden">
      <button
        type="button"
        popoverTarget="columns"
        className="inline-flex min-h-10 items-center gap-2 rounded-control border border-input bg-card px-4 font-semibold hover:bg-accent pointer-coarse:min-h-11"
      >
        <Columns3 aria-hidden size={16} />
        {t`Columns`}
      </button>
      <div
        id="columns"
        popover="auto"
        className="fixed inset-auto top-28 right-6 max-h-[70dvh] overflow-y-auto rounded-panel border border-border bg-popover p-4 text-foreground shadow-floating"
      >
        <fieldset>
          <legend>{t`Columns beside the name`}</legend>
          {columns.map(({ id, head }) => (
            <Check
              key={id}
              label={i18n._(head)}
              checked={chosen.includes(id)}
              onChange={(yes) => onChoose(yes ? [...chosen, id] : chosen.filter((one) => one !== id))}
            />
          ))}
        </fieldset>
      </div>
    </div>
  );
}
