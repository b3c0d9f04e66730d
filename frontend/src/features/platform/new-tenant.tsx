import { useLingui } from '@lingui/react/macro';
import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { Problem } from '../../api/problem';
import { useChange } from '../../api/query';
import { createTenant, listTenants } from '../../api/routes';
import { Button } from '../../ui/button';
import { ProblemNote } from '../../ui/problem-note';

const box = 'mt-1 block min-h-10 w-full rounded-control border border-input bg-card px-3 aria-invalid:border-bad-mark';
const slugForm = /^[a-z][a-z0-9-]{1,30}$/;

/** A tenant and who begins in it. Its own settings are its administrator's to make. */
export function NewTenant({
  onDone,
  onKeep,
}: {
  onDone: (tenant: { name: string; email: string }) => void;
  onKeep: () => void;
}) {
  const { t } = useLingui();
  const form = useRef<HTMLFormElement>(null);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const [name, setName] = useState('');
  const [slug, setSlug] = useState('');
  const [email, setEmail] = useState('');
  const [currency, setCurrency] = useState('EUR');
  const [tried, setTried] = useState(false);
  const create = useChange(createTenant, [listTenants]);
  const taken = create.error instanceof Problem && create.error.code === 'tenant.slug-taken' ? create.error : undefined;
  const faults = {
    name: name.trim() ? undefined : t`Give the tenant a name.`,
    slug: slugForm.test(slug)
      ? taken?.detail
      : t`2 to 31 lower-case letters, digits and hyphens, beginning with a letter.`,
    email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? undefined : t`Give a whole mail address.`,
    currency: /^[A-Z]{3}$/.test(currency) ? undefined : t`Three capitals, such as EUR.`,
  };
  const shown = (field: keyof typeof faults) =>
    tried || (field === 'slug' && taken !== undefined) ? faults[field] : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    const wrong = Object.entries(faults).find(([field, fault]) => fault && !(field === 'slug' && taken));
    if (wrong) form.current?.querySelector<HTMLElement>(`#tenant-${wrong[0]}`)?.focus();
    else {
      create.mutate(
        { name: name.trim(), slug, administratorEmail: email, currency },
        {
          onSuccess: () => onDone({ name: name.trim(), email }),
          onError: () => form.current?.querySelector<HTMLElement>('#tenant-slug')?.focus(),
        },
      );
    }
  };
  return (
    <form
      ref={form}
      noValidate
      onSubmit={submit}
      aria-labelledby="new-tenant"
      className="mb-8 max-w-[640px] space-y-4 rounded-panel border border-border bg-card p-4 sm:p-6"
    >
      <h2 id="new-tenant" className="text-h3">{t`Create tenant`}</h2>
      {create.error && !taken ? <ProblemNote error={create.error} /> : null}
      <Field id="tenant-name" label={t`Name`} fault={shown('name')}>
        <input
          {...wiring('tenant-name', shown('name'))}
          value={name}
          maxLength={100}
          autoComplete="off"
          ref={first}
          onChange={(event) => setName(event.target.value)}
          className={box}
        />
      </Field>
      <Field
        id="tenant-slug"
        label={t`Short name`}
        help={t`Tells tenants apart. It never changes.`}
        fault={shown('slug')}
      >
        <input
          {...wiring('tenant-slug', shown('slug'), true)}
          value={slug}
          maxLength={31}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => {
            setSlug(event.target.value.toLowerCase());
            create.reset();
          }}
          className={`${box} font-mono`}
        />
      </Field>
      <Field
        id="tenant-email"
        label={t`Mail address of the first administrator`}
        help={t`Whoever signs in with this verified address first administers the tenant.`}
        fault={shown('email')}
      >
        <input
          {...wiring('tenant-email', shown('email'), true)}
          type="email"
          value={email}
          maxLength={254}
          autoComplete="off"
          onChange={(event) => setEmail(event.target.value)}
          className={box}
        />
      </Field>
      <Field id="tenant-currency" label={t`Currency of its prices`} fault={shown('currency')}>
        <input
          {...wiring('tenant-currency', shown('currency'))}
          value={currency}
          maxLength={3}
          autoComplete="off"
          onChange={(event) => setCurrency(event.target.value.toUpperCase())}
          className={`${box} max-w-24 font-mono`}
        />
      </Field>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary" busy={create.isPending}>
          {create.isPending ? t`Being created …` : t`Create tenant`}
        </Button>
        <Button onClick={onKeep}>{t`Back`}</Button>
      </div>
    </form>
  );
}

const wiring = (id: string, fault: string | undefined, help = false) => ({
  id,
  'aria-invalid': fault !== undefined,
  'aria-describedby': [help && `${id}-help`, fault && `${id}-fault`].filter(Boolean).join(' ') || undefined,
});

function Field({
  id,
  label,
  help,
  fault,
  children,
}: {
  id: string;
  label: string;
  help?: string;
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
      {children}
      {fault ? (
        <p id={`${id}-fault`} role="alert" className="mt-1 text-bad">
          {fault}
        </p>
      ) : null}
    </div>
  );
}
