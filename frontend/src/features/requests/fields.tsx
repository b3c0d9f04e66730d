import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button';
import { gigabytes, money } from '../../words/format';

const box = 'min-h-10 w-full rounded-control border border-input bg-card px-3 aria-invalid:border-bad-mark';

/** Label above, help between, fault below; tied together for screen readers. */
function Field({
  id,
  label,
  help,
  fault,
  children,
}: {
  id: string;
  label: string;
  help?: string | undefined;
  fault: string | undefined;
  children: ReactNode;
}) {
  return (
    <div>
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      {help ? (
        <p id={`${id}-help`} className="text-small text-muted-foreground">
          {help}
        </p>
      ) : null}
      <div className="mt-1">{children}</div>
      <Fault id={id} fault={fault} />
    </div>
  );
}

function Fault({ id, fault }: { id: string; fault: string | undefined }) {
  return fault ? (
    <p id={`${id}-fault`} role="alert" className="mt-1 text-bad">
      {fault}
    </p>
  ) : null;
}

const described = (id: string, help: boolean, fault: string | undefined) =>
  [help && `${id}-help`, fault && `${id}-fault`].filter(Boolean).join(' ') || undefined;

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly fault: string | undefined;
  readonly onChange: (value: string) => void;
}

export function SelectField({ options, ...field }: FieldProps & { options: readonly { id: string; name: string }[] }) {
  return (
    <Field {...field}>
      <select
        id={field.id}
        value={field.value}
        aria-invalid={field.fault !== undefined}
        aria-describedby={described(field.id, false, field.fault)}
        onChange={(event) => field.onChange(event.target.value)}
        className={box}
      >
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function TextField({ rows, help, ...field }: FieldProps & { rows: number; help: string }) {
  return (
    <Field {...field} help={help}>
      <textarea
        id={field.id}
        rows={rows}
        maxLength={2000}
        value={field.value}
        aria-invalid={field.fault !== undefined}
        aria-describedby={described(field.id, true, field.fault)}
        onChange={(event) => field.onChange(event.target.value)}
        className={`${box} py-2`}
      />
    </Field>
  );
}

interface Size {
  readonly key: string;
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly diskGiB: number;
  readonly monthlyCostCents: number;
  readonly currency: string;
}

/** Radio buttons with the price in them: all in sight, arrows move. */
export function SizeField({
  sizes,
  value,
  fault,
  onChange,
}: {
  sizes: readonly Size[];
  value: string;
  fault: string | undefined;
  onChange: (value: string) => void;
}) {
  const { t } = useLingui();
  return (
    <fieldset aria-describedby={fault ? 'size-fault' : undefined}>
      <legend>{t`Size`}</legend>
      <div className="mt-1 divide-y divide-border rounded-panel border border-input bg-card">
        {sizes.map((size) => {
          const cost = money(size.monthlyCostCents, size.currency);
          return (
            <label
              key={size.key}
              className="flex min-h-11 flex-wrap items-center gap-x-4 border-l-[3px] border-transparent px-3 hover:bg-accent has-checked:border-primary has-checked:bg-primary-tint"
            >
              <input
                type="radio"
                name="size"
                value={size.key}
                checked={size.key === value}
                onChange={() => onChange(size.key)}
                className="size-4 accent-primary"
              />
              <strong className="w-10">{size.key}</strong>
              <span>{`${size.vcpus} vCPU`}</span>
              <span>{gigabytes(size.memoryMiB)}</span>
              <span>{`${size.diskGiB}\u00a0GB`}</span>
              <span className="ml-auto">{t`${cost} a month`}</span>
            </label>
          );
        })}
      </div>
      <Fault id="size" fault={fault} />
    </fieldset>
  );
}

interface NameCheck {
  readonly free: boolean;
  readonly suggestion: string | null;
}

/** Checked as it is typed; capitals are lowered. An answer that does not come is no fault: it is checked again at submit. */
export function NameField({
  value,
  check,
  valid,
  fault,
  onChange,
}: {
  value: string;
  check: NameCheck | undefined;
  valid: boolean;
  fault: string | undefined;
  onChange: (value: string) => void;
}) {
  const { t } = useLingui();
  const suggestion = check?.suggestion;
  return (
    <Field
      id="name"
      label={t`Name`}
      help={t`Lower-case letters, digits and hyphens; 3 to 63 characters.`}
      fault={fault}
    >
      <input
        id="name"
        value={value}
        maxLength={63}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={fault !== undefined}
        aria-describedby={described('name', true, fault)}
        onChange={(event) => onChange(event.target.value.toLowerCase())}
        className={`${box} font-mono`}
      />
      {valid && !fault ? (
        <p className="mt-1 flex flex-wrap items-center gap-3 text-small">
          {check === undefined ? <span className="text-muted-foreground">{t`Being checked …`}</span> : null}
          {check?.free ? <span className="text-ok">{t`Free`}</span> : null}
          {check && !check.free ? (
            <span className="text-warn">{suggestion ? t`Taken. ${suggestion} is free.` : t`Taken.`}</span>
          ) : null}
          {check && !check.free && suggestion ? (
            <Button look="quiet" onClick={() => onChange(suggestion)}>{t`Use ${suggestion}`}</Button>
          ) : null}
        </p>
      ) : null}
    </Field>
  );
}
