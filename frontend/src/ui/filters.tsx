import { useLingui } from '@lingui/react/macro';
import { type ComponentProps, type ReactNode, useState } from 'react';
import { classNames } from './class-names';

export const filterBox =
  'min-h-10 min-w-0 rounded-control border border-input bg-card px-2 text-base sm:px-3 pointer-coarse:min-h-11';

/** What narrows a list, in one line above it. What is chosen stands in the address, so that a link shows the same. */
export function Filters({ children }: { children: ReactNode }) {
  return (
    <search className="mb-4 grid grid-cols-2 items-end gap-x-4 gap-y-2 sm:flex sm:flex-wrap print:hidden">
      {children}
    </search>
  );
}

function Labelled({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field is among the children
    <label className={classNames('flex min-w-0 flex-col text-small', className)}>
      {label}
      {children}
    </label>
  );
}

export function SelectFilter({
  label,
  value,
  onChoose,
  children,
}: {
  label: string;
  value: string | undefined;
  onChoose: (value: string | undefined) => void;
  children: ReactNode;
}) {
  return (
    <Labelled label={label} className="sm:max-w-64">
      <select value={value ?? ''} onChange={(event) => onChoose(event.target.value || undefined)} className={filterBox}>
        {children}
      </select>
    </Labelled>
  );
}

export function NameFilter({
  value,
  onType,
}: {
  value: string | undefined;
  onType: (part: string | undefined) => void;
}) {
  const { t } = useLingui();
  return (
    <Labelled label={t`Part of the name`}>
      <input
        type="search"
        defaultValue={value ?? ''}
        onChange={(event) => onType(event.target.value || undefined)}
        className={filterBox}
      />
    </Labelled>
  );
}

/** A day as `2026-11-24`. Half-typed days are not passed on. */
export function DayFilter({
  label,
  value,
  onChoose,
  ...rest
}: {
  label: string;
  value: string | undefined;
  onChoose: (day: string | undefined) => void;
} & Pick<ComponentProps<'input'>, 'min' | 'max'>) {
  const [typed, setTyped] = useState({ for: value, text: value ?? '' });
  const text = typed.for === value ? typed.text : (value ?? '');
  return (
    <Labelled label={label}>
      <input
        {...rest}
        type="date"
        value={text}
        onChange={(event) => {
          const day = event.target.value || undefined;
          setTyped({ for: day, text: event.target.value });
          onChoose(day);
        }}
        className={filterBox}
      />
    </Labelled>
  );
}
