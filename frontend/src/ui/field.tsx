import type { HTMLInputTypeAttribute, ReactNode } from 'react';
import { classNames } from './class-names';

const box =
  'min-h-10 rounded-control border border-input bg-card px-3 aria-invalid:border-bad-mark pointer-coarse:min-h-11';
const wide = `${box} w-full`;

/** Label above, help between, fault below; tied together for screen readers. */
export function Field({
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
    <div className="min-w-0">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      {help ? <Help id={id}>{help}</Help> : null}
      <div className="mt-1">{children}</div>
      <Fault id={id} fault={fault} />
    </div>
  );
}

function Help({ id, children }: { id: string; children: string }) {
  return (
    <p id={`${id}-help`} className="text-small text-muted-foreground">
      {children}
    </p>
  );
}

export function Fault({ id, fault }: { id: string; fault: string | undefined }) {
  return fault ? (
    <p id={`${id}-fault`} role="alert" className="mt-1 text-bad">
      {fault}
    </p>
  ) : null;
}

const described = (id: string, help: string | undefined, fault: string | undefined) =>
  [help && `${id}-help`, fault && `${id}-fault`].filter(Boolean).join(' ') || undefined;

/** What ties a control to its label, help and fault. Within a sentence it is as wide as its content. */
export function wired({
  id,
  help,
  fault,
  within,
}: {
  id: string;
  help?: string | undefined;
  fault: string | undefined;
  within?: 'sentence';
}) {
  return {
    id,
    'aria-invalid': fault !== undefined,
    'aria-describedby': described(id, help, fault),
    className: within ? `${box} min-w-0 max-w-full` : wide,
  };
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly help?: string | undefined;
  readonly value: string;
  readonly fault: string | undefined;
  readonly onChange: (value: string) => void;
}

export function SelectField({ options, ...field }: FieldProps & { options: readonly { id: string; name: string }[] }) {
  return (
    <Field {...field}>
      <select {...wired(field)} value={field.value} onChange={(event) => field.onChange(event.target.value)}>
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Several lines. */
export function TextField({ rows, mono, ...field }: FieldProps & { rows: number; mono?: boolean }) {
  return (
    <Field {...field}>
      <textarea
        {...wired(field)}
        rows={rows}
        maxLength={mono ? 20_000 : 2_000}
        value={field.value}
        onChange={(event) => field.onChange(event.target.value)}
        className={classNames(wide, 'py-2', mono && 'font-mono text-small')}
      />
    </Field>
  );
}

/** One line. A unit stands in the field's end. Numbers keep the text keyboard's own rules and get the number pad. */
export function InputField({
  type = 'text',
  numeric,
  unit,
  autoComplete = 'off',
  ...field
}: FieldProps & {
  type?: HTMLInputTypeAttribute;
  numeric?: boolean;
  unit?: string;
  autoComplete?: string;
}) {
  return (
    <Field {...field}>
      <div className="flex items-center gap-2">
        <input
          {...wired(field)}
          type={type}
          {...(numeric ? { inputMode: 'decimal' as const } : {})}
          autoComplete={autoComplete}
          spellCheck={false}
          value={field.value}
          onChange={(event) => field.onChange(event.target.value)}
          className={classNames(wide, numeric && 'max-w-40 text-right')}
        />
        {unit ? <span className="shrink-0 text-muted-foreground">{unit}</span> : null}
      </div>
    </Field>
  );
}

/** Several of a few; which, in the order of the options. */
export function ChoicesField<Value extends string>({
  id,
  label,
  help,
  options,
  value,
  fault,
  onChange,
}: {
  id: string;
  label: string;
  help?: string;
  options: readonly { id: Value; name: string; help?: string }[];
  value: readonly Value[];
  fault: string | undefined;
  onChange: (value: Value[]) => void;
}) {
  return (
    <fieldset id={id} tabIndex={-1} aria-describedby={described(id, help, fault)}>
      <legend>{label}</legend>
      {help ? <Help id={id}>{help}</Help> : null}
      {options.map((option) => (
        <Check
          key={option.id}
          label={option.name}
          help={option.help}
          checked={value.includes(option.id)}
          onChange={(checked) =>
            onChange(options.map((one) => one.id).filter((one) => (one === option.id ? checked : value.includes(one))))
          }
        />
      ))}
      <Fault id={id} fault={fault} />
    </fieldset>
  );
}

export function Check({
  label,
  help,
  checked,
  onChange,
}: {
  label: string;
  help?: string | undefined;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className="flex min-h-10 items-center gap-3 py-1 pointer-coarse:min-h-11">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 shrink-0 accent-primary"
      />
      <span className="min-w-0 break-words">
        {label}
        {help ? <span className="block text-small text-muted-foreground">{help}</span> : null}
      </span>
    </label>
  );
}
