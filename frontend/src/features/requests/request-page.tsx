import { reasonWords } from '@dvmm/contracts/reasons';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Problem } from '../../api/problem';
import { answerTo, useChange } from '../../api/query';
import type { Answered } from '../../api/route';
import { cancelRequest, getRequest, listRequests } from '../../api/routes';
import { NotFound } from '../../app/not-found';
import { useMe } from '../../app/session';
import { useReadWhenShown } from '../../app/unread';
import { useSaidWhenChanged } from '../../ui/announcer';
import { Button, ButtonLink } from '../../ui/button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { CopyButton } from '../../ui/copy-button';
import { KeyFingerprint } from '../../ui/key-fingerprint';
import { Page, Section } from '../../ui/page';
import { ProblemNote } from '../../ui/problem-note';
import { Skeleton } from '../../ui/skeleton';
import { StatusBadge } from '../../ui/status-badge';
import { environmentWords } from '../../words/environment';
import { machineSize, moment, money } from '../../words/format';
import { language } from '../../words/language';
import { requestStatus } from '../../words/status';
import { RequestTimeline } from './request-timeline';

type Request = Answered<typeof getRequest>;

const route = getRouteApi('/requests/$id');

export function RequestPage() {
  const { t } = useLingui();
  const { id } = route.useParams();
  const answer = useQuery(answerTo(getRequest, { id }));
  if (answer.error instanceof Problem && answer.error.code === 'not-found') return <NotFound />;
  if (!answer.data) {
    return (
      <Page title={t`Request`}>
        {answer.error ? (
          <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} />
        ) : (
          <Skeleton lines={8} />
        )}
      </Page>
    );
  }
  return <Shown request={answer.data} />;
}

function Shown({ request }: { request: Request }) {
  const { t, i18n } = useLingui();
  const { person } = useMe();
  const { vm, state } = request;
  const status = requestStatus[state];
  const word = i18n._(status.word);
  useSaidWhenChanged(`${vm.name}: ${word}`);
  useReadWhenShown(request.id);
  const mine = request.requester.id === person.id;
  const cost = money(vm.size.monthlyCostCents, vm.size.currency);
  const asked = moment(request.submittedAt);
  return (
    <Page
      title={vm.name}
      tabTitle={`${word} · ${vm.name}`}
      back={{ to: '/requests', label: t`Requests` }}
      status={<StatusBadge status={status} />}
      facts={
        <>
          {[vm.project.name, vm.size.key, vm.template.name, t`${cost} a month`].join(' · ')} ·{' '}
          {mine
            ? t`requested by you, ${asked}`
            : t`requested by ${request.requester.name ?? t`a deleted person`}, ${asked}`}
        </>
      }
      action={mine && withdrawable.includes(state) ? <Withdraw request={request} /> : null}
    >
      <Outcome request={request} />
      <div className="grid gap-x-10 xl:grid-cols-[minmax(0,1fr)_340px]">
        <Section title={t`Timeline`}>
          <RequestTimeline request={request} />
        </Section>
        <Section
          title={t`What was asked for`}
          action={
            <ButtonLink look="quiet" to="/requests/new" search={{ like: request.id }}>{t`Request again`}</ButtonLink>
          }
        >
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
            <dt className="text-muted-foreground">{t`Size`}</dt>
            <dd>{`${vm.size.key}: ${machineSize(vm.size)}`}</dd>
            <dt className="text-muted-foreground">{t`Network`}</dt>
            <dd>{vm.network.name}</dd>
            <dt className="text-muted-foreground">{t`Environment`}</dt>
            <dd>{i18n._(environmentWords[vm.environment])}</dd>
            <dt className="text-muted-foreground">{t`Lease`}</dt>
            <dd>{vm.leaseDays === null ? t`no end` : t`${plural(vm.leaseDays, { one: '# day', other: '# days' })}`}</dd>
            <dt className="text-muted-foreground">{t`SSH key`}</dt>
            <dd>{vm.sshPublicKey ? <KeyFingerprint of={vm.sshPublicKey} /> : t`none`}</dd>
            {request.justification ? (
              <>
                <dt className="text-muted-foreground">{t`Justification`}</dt>
                <dd dir="auto" className="break-words whitespace-pre-wrap">
                  {request.justification}
                </dd>
              </>
            ) : null}
          </dl>
        </Section>
      </div>
    </Page>
  );
}

/** The result on top once there is one; what went wrong in words, what was kept, what to do. */
function Outcome({ request }: { request: Request }) {
  const { t } = useLingui();
  const { result, failure, waiting } = request;
  if (result) {
    return (
      <section aria-label={t`Connect`} className="mb-8 rounded-panel border border-border bg-card p-4">
        <dl className="flex flex-wrap gap-x-8 gap-y-2">
          {result.hostName ? (
            <div>
              <dt className="text-small text-muted-foreground">{t`Host name`}</dt>
              <dd className="font-mono">
                {result.hostName} <CopyButton text={result.hostName} what={t`host name`} />
              </dd>
            </div>
          ) : null}
          {result.addresses.map((address) => (
            <div key={address}>
              <dt className="text-small text-muted-foreground">{t`Address`}</dt>
              <dd className="font-mono">
                {address} <CopyButton text={address} what={t`address`} />
              </dd>
            </div>
          ))}
        </dl>
        <Link to="/machines/$id" params={{ id: result.vmId }} className="text-primary hover:underline">
          {t`How to connect`}
        </Link>
      </section>
    );
  }
  if (failure) {
    const { what, todo } = reasonWords(failure.reason, language());
    return (
      <div role="alert" className="mb-8 rounded-panel border border-bad-mark bg-bad-tint p-4">
        <p className="font-semibold text-bad">{what}</p>
        <p>{t`Your entries are kept.`}</p>
        <p>{todo}</p>
        <details className="mt-2 text-small">
          <summary>{t`Details`}</summary>
          <code className="font-mono break-words">{failure.detail}</code>
        </details>
      </div>
    );
  }
  if (waiting) {
    const since = moment(waiting.since);
    const { what, todo } = reasonWords(waiting.reason, language());
    return (
      <div className="mb-8 rounded-panel border border-border bg-info-tint p-4 text-info">
        <p>{t`Waiting since ${since}: ${what}`}</p>
        <p>{todo}</p>
      </div>
    );
  }
  return null;
}

const withdrawable = ['submitted', 'approved', 'provisioning'];

function Withdraw({ request }: { request: Request }) {
  const { t } = useLingui();
  const [asked, setAsked] = useState(false);
  const withdraw = useChange(cancelRequest, [getRequest, listRequests]);
  const name = request.vm.name;
  const keep = () => setAsked(false);
  return (
    <>
      <Button onClick={() => setAsked(true)}>{t`Withdraw`}</Button>
      <ConfirmDialog
        open={asked}
        title={t`Withdraw ${name}?`}
        keep={t`Keep`}
        deed={t`Withdraw ${name}`}
        busy={withdraw.isPending}
        onKeep={keep}
        onDeed={() => withdraw.mutate({ id: request.id }, { onSuccess: keep })}
      >
        {t`What was begun is removed and the quota is free again. This cannot be undone; you can ask again at any time.`}
        {withdraw.error ? <ProblemNote error={withdraw.error} /> : null}
      </ConfirmDialog>
    </>
  );
}
