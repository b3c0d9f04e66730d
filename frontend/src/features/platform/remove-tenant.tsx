import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { answerTo, useChange } from '../../api/query';
import type { Answered } from '../../api/route';
import { listRemovals, listTenants, previewRemoval, removeTenant } from '../../api/routes';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { InputField } from '../../ui/field';
import { ProblemNote } from '../../ui/problem-note';
import { Skeleton } from '../../ui/skeleton';

interface Tenant {
  readonly id: string;
  readonly name: string;
}

/** Final: first what goes and what stays, then the name. Nothing is asked of the server before somebody wants to know. */
export function RemoveTenant({ tenant }: { tenant: Tenant }) {
  const { t } = useLingui();
  const [step, setStep] = useState<'closed' | 'look' | 'name'>('closed');
  const { name } = tenant;
  const keep = () => setStep('closed');
  return (
    <>
      <Button look="quiet" of={name} onClick={() => setStep('look')}>
        {t`Remove …`}{' '}
      </Button>
      <Dialog wide open={step !== 'closed'} title={t`Remove the tenant ${name}?`} onClose={keep}>
        {step === 'name' ? (
          <TypedName tenant={tenant} onKeep={keep} />
        ) : (
          <Effects tenant={tenant} onGoOn={() => setStep('name')} onKeep={keep} />
        )}
      </Dialog>
    </>
  );
}

function Effects({ tenant: { id }, onGoOn, onKeep }: { tenant: Tenant; onGoOn: () => void; onKeep: () => void }) {
  const { t } = useLingui();
  const answer = useQuery({ ...answerTo(previewRemoval, { id }), staleTime: 0 });
  return (
    <>
      {answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.isPending ? <Skeleton lines={6} /> : null}
      {answer.data ? <Lists {...answer.data} /> : null}
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <Button autoFocus onClick={onKeep}>{t`Keep`}</Button>
        {answer.data?.underWay === 0 ? (
          <Button onClick={onGoOn}>{t`Go on to the name`}</Button>
        ) : (
          <Button busy={answer.isFetching} onClick={() => void answer.refetch()}>{t`Look again`}</Button>
        )}
      </div>
    </>
  );
}

function Lists({ people, projects, machines, underWay }: Answered<typeof previewRemoval>) {
  const { t } = useLingui();
  return (
    <div className="max-w-[68ch] space-y-3">
      {underWay > 0 ? (
        <p className="rounded-panel border border-warn-mark bg-warn-tint p-3">
          {t`${plural(underWay, {
            one: 'One VM of this tenant is just being made or deleted. Until that has ended, the tenant stays.',
            other: '# VMs of this tenant are just being made or deleted. Until that has ended, the tenant stays.',
          })}`}
        </p>
      ) : null}
      <div>
        <h3 className="font-semibold">{t`Goes for good`}</h3>
        <ul className="list-disc pl-5">
          <li>
            {t`${plural(people, { one: '1 person', other: '# people' })} with sign-in and roles, ${plural(projects, { one: '1 project', other: '# projects' })}`}
          </li>
          <li>{t`all requests, decisions, policies, mails and texts`}</li>
          <li>{t`quotas, sizes, templates, networks, and the passwords for vCenter and mail`}</li>
          <li>{t`the audit trail, but for the number and hash of its last entry`}</li>
        </ul>
      </div>
      <div>
        <h3 className="font-semibold">{t`Stays`}</h3>
        <ul className="list-disc pl-5">
          <li>
            {t`${plural(machines, {
              0: 'in vCenter: no VM of this tenant',
              one: 'in vCenter: 1 VM, which DVMM then no longer knows',
              other: 'in vCenter: # VMs, which DVMM then no longer knows',
            })}`}
          </li>
          <li>{t`the short name, so that nobody else gets it, and a certificate on this page`}</li>
          <li>{t`backups of the database, until they expire`}</li>
        </ul>
      </div>
      <p>{t`Nobody can bring it back. DVMM has no export yet: whoever still needs something reads it out before.`}</p>
    </div>
  );
}

function TypedName({ tenant: { id, name }, onKeep }: { tenant: Tenant; onKeep: () => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const [mismatch, setMismatch] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const focus = () => form.current?.querySelector('input')?.focus();
  useEffect(focus, []);
  const remove = useChange(removeTenant, [listTenants, listRemovals]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (remove.isPending) return;
    if (typed.trim() !== name) {
      setMismatch(true);
      focus();
      return;
    }
    remove.mutate(
      { id, confirmName: name },
      {
        onSuccess: () => {
          announce(t`${name} is being removed.`);
          flushSync(onKeep); // While the dialog is open, nothing behind it takes the focus.
          document.getElementById('removals')?.focus();
        },
      },
    );
  };
  return (
    <form ref={form} noValidate onSubmit={submit} className="break-words">
      <p className="mb-4">{t`From here on nobody of this tenant gets in, and nothing of it can be read again.`}</p>
      <InputField
        id="tenant-name"
        label={t`Type ${name} to go on`}
        value={typed}
        fault={mismatch ? t`That is not the name of this tenant.` : undefined}
        onChange={(value) => {
          setTyped(value);
          setMismatch(false);
        }}
      />
      {remove.error ? <ProblemNote error={remove.error} /> : null}
      {/* The last button is not where the first was. */}
      <div className="mt-6 flex flex-wrap gap-3">
        <Button type="submit" look="destructive" busy={remove.isPending} className="whitespace-normal">
          {t`Remove ${name} for good`}
        </Button>
        <Button onClick={onKeep}>{t`Keep`}</Button>
      </div>
    </form>
  );
}
