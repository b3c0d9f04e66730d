import { reasonWords } from '@dvmm/contracts/reasons';
import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { pagesOf, useChange } from '../../api/query';
import type { Entry } from '../../api/route';
import { adoptRun, listRuns, removeRun, retryRun } from '../../api/routes';
import { useHasRole } from '../../app/session';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { Empty } from '../../ui/empty';
import { Cell, List, Row } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { Page, Section } from '../../ui/page';
import { ProblemNote } from '../../ui/problem-note';
import { Skeleton } from '../../ui/skeleton';
import { StatusBadge } from '../../ui/status-badge';
import { count } from '../../words/format';
import { language } from '../../words/language';
import { runStatus } from '../../words/status';
import { stepWords } from '../../words/steps';
import { needsAttention } from './needs-attention';
import { TechnicalText } from './technical-text';

type Run = Entry<typeof listRuns>;

/** Provisioning that does not get on by itself first, with what can be done about it; then all the rest. */
export function RunsPage() {
  const { t, i18n } = useLingui();
  const answer = useInfiniteQuery(pagesOf(listRuns, {}));
  const runs = answer.data?.pages.flatMap((page) => page.items) ?? [];
  const attention = runs.filter(needsAttention);
  const others = runs.filter((run) => !needsAttention(run));
  return (
    <Page title={t`Provisioning`}>
      {answer.error && runs.length === 0 ? (
        <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} />
      ) : null}
      {answer.isPending ? <Skeleton lines={8} /> : null}
      {answer.isSuccess ? (
        <Section title={t`Needs attention`}>
          {attention.length === 0 ? (
            <Empty>{t`Nothing needs attention. What waits for a person, or was left behind, appears here.`}</Empty>
          ) : (
            <ul className="divide-y divide-border rounded-panel border border-border bg-card">
              {attention.map((run) => (
                <Attention key={run.id} run={run} />
              ))}
            </ul>
          )}
        </Section>
      ) : null}
      {others.length > 0 ? (
        <Section title={t`All others`}>
          <List
            caption={t`Provisioning, last changed first`}
            columns={[
              { name: t`Name` },
              { name: t`Status` },
              { name: t`Step` },
              { name: t`Tries`, right: true },
              { name: t`Changed`, right: true },
            ]}
          >
            {others.map((run) => {
              const step = stepWords[run.step];
              return (
                <Row key={run.id} name={<ToRequest run={run} />}>
                  <Cell>
                    <StatusBadge status={runStatus[run.state]} plain />
                  </Cell>
                  <Cell {...(ended.has(run.state) ? {} : { label: t`Step` })}>
                    {ended.has(run.state) ? '' : step ? i18n._(step) : run.step}
                  </Cell>
                  <Cell label={t`Tries`} right>
                    {count(run.attempts)}
                  </Cell>
                  <Cell right>
                    <span className="text-muted-foreground">
                      <Moment at={run.changedAt} />
                    </span>
                  </Cell>
                </Row>
              );
            })}
          </List>
        </Section>
      ) : null}
      {answer.hasNextPage ? (
        <Button busy={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
          {t`Show more`}
        </Button>
      ) : null}
    </Page>
  );
}

/** Done with its steps; which was the last says nothing. */
const ended = new Set<Run['state']>(['done', 'not-customised', 'cancelled']);

function ToRequest({ run }: { run: Run }) {
  return (
    <Link to="/requests/$id" params={{ id: run.id }} className="break-words text-primary hover:underline">
      {run.vmName}
    </Link>
  );
}

function Attention({ run }: { run: Run }) {
  const { t, i18n } = useLingui();
  const administers = useHasRole('tenant-admin');
  const [asked, setAsked] = useState<'remove' | 'adopt'>();
  const retry = useChange(retryRun, [listRuns]);
  const remove = useChange(removeRun, [listRuns]);
  const adopt = useChange(adoptRun, [listRuns]);
  const { id, vmName: name } = run;
  const step = stepWords[run.step];
  const why = run.waiting?.reason ?? run.failure?.reason;
  const detail = run.waiting?.detail ?? run.failure?.detail;
  const error = retry.error ?? remove.error ?? adopt.error;
  const close = { onSettled: () => setAsked(undefined) };
  return (
    <li className="p-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <strong className="min-w-0">
          <ToRequest run={run} />
        </strong>
        <StatusBadge status={runStatus[run.state]} />
        <span className="text-muted-foreground">
          {step ? i18n._(step) : run.step}, {t`try ${count(run.attempts)}`}
        </span>
        <span className="text-muted-foreground sm:ml-auto">
          {run.waiting ? (
            <>
              {t`since`} <Moment at={run.waiting.since} relative={false} />
            </>
          ) : (
            <Moment at={run.changedAt} />
          )}
        </span>
      </p>
      {why ? <p className="mt-1 max-w-[68ch]">{reasonWords(why, language()).what}</p> : null}
      {detail ? <TechnicalText text={detail} /> : null}
      {administers ? (
        <div className="mt-3 flex flex-wrap gap-3">
          <Button
            busy={retry.isPending}
            of={name}
            onClick={() => retry.mutate({ id }, { onSuccess: () => announce(t`${name} is tried again.`) })}
          >
            {t`Retry`}
          </Button>
          <Button of={name} onClick={() => setAsked('adopt')}>{t`Take as it is`}</Button>
          <Button of={name} onClick={() => setAsked('remove')}>{t`Give up`}</Button>
        </div>
      ) : null}
      {error ? <ProblemNote error={error} /> : null}
      <ConfirmDialog
        open={asked === 'remove'}
        title={t`Give up ${name}?`}
        keep={t`Keep`}
        deed={t`Give up ${name}`}
        busy={remove.isPending}
        onKeep={() => setAsked(undefined)}
        onDeed={() =>
          remove.mutate(
            { id },
            { ...close, onSuccess: () => announce(t`What was begun for ${name} is being removed.`) },
          )
        }
      >
        {t`What was begun is removed from vCenter, and the quota is free again. The request ends.`}
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'adopt'}
        title={t`Take ${name} as it is?`}
        keep={t`Keep`}
        deed={t`Take ${name} as it is`}
        busy={adopt.isPending}
        onKeep={() => setAsked(undefined)}
        onDeed={() =>
          adopt.mutate({ id }, { ...close, onSuccess: () => announce(t`${name} is handed over as it is.`) })
        }
      >
        {t`The requester gets the VM as it stands in vCenter, marked as created, not customised.`}
      </ConfirmDialog>
    </li>
  );
}
