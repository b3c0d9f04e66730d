import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Field, wired } from '../../ui/field';
import { useRested } from '../../ui/use-rested';
import { isOnTheWay, type NameFault, nameFault, tidied } from './name-rule';

interface NameCheck {
  /** null: not known yet. */
  readonly free: boolean | null;
  readonly suggestion: string | null;
}

/**
 * The tenant's beginning stands before the field; what is typed follows it. Checked as it is typed: first against the
 * rule, then by the server. What typing on would cure is said only after a longer rest, and not on leaving the field: a
 * fault that appears under a button just being pressed would move it away.
 * An answer that does not come is no fault: it is checked again at submit.
 * @param check undefined while the server is asked, null when it could not say
 */
export function NameField({
  prefix,
  value,
  check,
  fault,
  onChange,
}: {
  prefix: string;
  /** The whole name; empty while nothing follows the prefix. */
  value: string;
  check: NameCheck | null | undefined;
  fault: string | undefined;
  onChange: (value: string) => void;
}) {
  const { t } = useLingui();
  const [note, setNote] = useState<string>();
  const say = useNameFaultWords();
  const broken = nameFault(value);
  const rested = useRested(value, broken && isOnTheWay(broken) ? 1_500 : 300);
  const wrong = value && broken && rested === value ? say(broken) : undefined;
  const suggestion = check?.suggestion;
  const help = t`Lower-case letters, digits and hyphens; 3 to 63 characters.`;
  const wiring = wired({ id: 'name', help, fault: fault ?? wrong });
  const change = (typed: string) => {
    const { name, lowered, trimmed } = tidied(typed);
    const said = lowered ? t`Capitals became lower-case letters.` : trimmed ? t`Spaces were left out.` : undefined;
    if (said) announce(said);
    if (said || !name) setNote(said);
    const pasted = name.length > value.length - prefix.length + 1;
    const own = pasted && name.startsWith(prefix) ? name.slice(prefix.length) : name; // The whole name pasted is meant once.
    onChange(own && prefix + own);
  };
  return (
    <Field id="name" label={t`Name`} help={help} fault={fault ?? wrong}>
      <div className="flex items-center gap-1">
        {prefix ? <span className="font-mono text-muted-foreground">{prefix}</span> : null}
        <input
          {...wiring}
          value={value.slice(prefix.length)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => change(event.target.value)}
          className={`${wiring.className} font-mono`}
        />
      </div>
      {note ? <p className="mt-1 text-small text-muted-foreground">{note}</p> : null}
      {!broken && !fault ? (
        <p className="mt-1 flex flex-wrap items-center gap-3 text-small">
          {check === undefined ? <span className="text-muted-foreground">{t`Being checked …`}</span> : null}
          {check === null ? <span className="text-muted-foreground">{t`Checked when you submit.`}</span> : null}
          {check?.free ? <span className="text-ok">{prefix ? t`Free: ${value}` : t`Free`}</span> : null}
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

/** The rule that is broken, in words. */
export function useNameFaultWords(): (fault: NameFault) => string {
  const { t } = useLingui();
  return (fault) => {
    switch (fault.kind) {
      case 'character':
        return fault.character.trim()
          ? t`“${fault.character}” is not allowed in a name: only lower-case letters, digits and hyphens.`
          : t`A space is not allowed in a name: only lower-case letters, digits and hyphens.`;
      case 'begin':
        return t`A name begins with a letter.`;
      case 'end':
        return t`A name ends with a letter or a digit.`;
      case 'long':
        return t`A name has at most 63 characters.`;
      case 'short':
        return t`A name has at least 3 characters.`;
    }
  };
}
