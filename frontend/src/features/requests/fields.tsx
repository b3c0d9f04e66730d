import { useLingui } from '@lingui/react/macro';
import { Button } from '../../ui/button';
import { Fault, Field, wired } from '../../ui/field';
import { gigabytes, money } from '../../words/format';

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
  const help = t`Lower-case letters, digits and hyphens; 3 to 63 characters.`;
  const wiring = wired({ id: 'name', help, fault });
  return (
    <Field id="name" label={t`Name`} help={help} fault={fault}>
      <input
        {...wiring}
        value={value}
        maxLength={63}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value.toLowerCase())}
        className={`${wiring.className} font-mono`}
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
