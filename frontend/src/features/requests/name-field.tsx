import { useLingui } from '@lingui/react/macro';
import { Button } from '../../ui/button';
import { Field, wired } from '../../ui/field';

interface NameCheck {
  /** null: not known yet. */
  readonly free: boolean | null;
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
          {check?.free === false ? (
            <span className="text-warn">{suggestion ? t`Taken. ${suggestion} is free.` : t`Taken.`}</span>
          ) : null}
          {check?.free === false && suggestion ? (
            <Button look="quiet" onClick={() => onChange(suggestion)}>{t`Use ${suggestion}`}</Button>
          ) : null}
        </p>
      ) : null}
    </Field>
  );
}
