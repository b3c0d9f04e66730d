import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { duration } from '../words/format';

const kept = 'approval-hold-seconds';
/** WCAG 2.2.1 asks for ten times the default. */
const choices = [5, 20, 60];

/** How long an approval can be undone before it is sent. */
export function holdMs(): number {
  const seconds = Number(localStorage.getItem(kept));
  return (choices.includes(seconds) ? seconds : 5) * 1_000;
}

export function HoldTime() {
  const { t } = useLingui();
  const [ms, setMs] = useState(holdMs);
  return (
    <label className="mt-3 flex flex-wrap items-center gap-2 text-small text-muted-foreground">
      {t`An approval can be undone for`}
      <select
        value={ms / 1_000}
        onChange={(event) => {
          localStorage.setItem(kept, event.target.value);
          setMs(holdMs());
        }}
        className="min-h-8 rounded-control border border-input bg-card px-2 text-foreground pointer-coarse:min-h-11"
      >
        {choices.map((seconds) => (
          <option key={seconds} value={seconds}>
            {duration(seconds * 1_000)}
          </option>
        ))}
      </select>
    </label>
  );
}
