import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { askByItself } from '../../api/by-itself';
import { pagesOf } from '../../api/query';
import type { Entry } from '../../api/route';
import { listRemovals } from '../../api/routes';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { Moment } from '../../ui/moment';
import { ProblemNote } from '../../ui/problem-note';
import { StatusBadge } from '../../ui/status-badge';
import { count } from '../../words/format';
import { tenantStatus } from '../../words/status';

type Removal = Entry<typeof listRemovals>;
type Certificate = NonNullable<Removal['certificate']>;

const askAgainMs = 2_000;

/** What became of tenants that were removed: under way, then the certificate. No live hint tells of it, so the page asks. */
export function Removals() {
  const { t, i18n } = useLingui();
  const client = useQueryClient();
  const question = pagesOf(listRemovals, {});
  const answer = useInfiniteQuery(question);
  const items = answer.data?.pages.flatMap((page) => page.items) ?? [];
  const underWay = items.filter(({ certificate }) => !certificate).map(({ name }) => name);
  const waits = underWay.length > 0;
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) void askByItself(client, { queryKey: [listRemovals.path] });
    }, askAgainMs);
    return () => clearInterval(timer);
  }, [waits, client]);
  useSaidWhenDone(items);
  if (answer.error && items.length === 0)
    return <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} />;
  return (
    // Focus comes here from the dialog, also when this is the first removal and nothing stands here yet.
    <section id="removals" tabIndex={-1} aria-labelledby="removals-title" className="mt-10">
      <h2 id="removals-title" className="mb-2 text-h3">
        {items.length > 0 ? t`Removed tenants` : <span className="sr-only">{t`No tenant has been removed`}</span>}
      </h2>
      {items.length > 0 ? (
        <ul className="divide-y divide-border">
          {items.map((removal) => (
            <li key={removal.id} className="py-3">
              <p className="flex flex-wrap items-center gap-x-3">
                <strong className="break-words">{removal.name}</strong>
                <span className="font-mono text-small">{removal.slug}</span>
                <StatusBadge status={tenantStatus[removal.certificate ? 'removed' : 'removing']} plain />
              </p>
              <p className="text-small text-muted-foreground">
                {removal.requestedBy.name ?? t`Deleted person`}, <Moment at={removal.requestedAt} />
              </p>
              {removal.certificate ? (
                <Shown certificate={removal.certificate} />
              ) : (
                <p className="text-small text-muted-foreground">{i18n._(tenantStatus.removing.sentence)}</p>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {answer.hasNextPage ? (
        <Button className="mt-4" busy={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
          {t`Show more`}
        </Button>
      ) : null}
    </section>
  );
}

/** Once for each that was seen under way. */
function useSaidWhenDone(items: readonly Removal[]): void {
  const { t } = useLingui();
  const awaited = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, name, certificate } of items) {
      if (!certificate) awaited.current.add(id);
      else if (awaited.current.delete(id)) announce(t`${name} is removed. The certificate stands here.`);
    }
  }, [items, t]);
}

function Shown({ certificate: { rows, machines, lastAudit, removedAt } }: { certificate: Certificate }) {
  const { t } = useLingui();
  const deleted = count(rows.reduce((sum, one) => sum + one.rows, 0));
  return (
    <details className="mt-1">
      <summary className="cursor-pointer py-1 text-primary">{t`Certificate: ${deleted} rows deleted`}</summary>
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        <dt className="text-muted-foreground">{t`Removed`}</dt>
        <dd>
          <Moment at={removedAt} relative={false} />
        </dd>
        <dt className="text-muted-foreground">{t`VMs left in vCenter`}</dt>
        <dd>{count(machines)}</dd>
        <dt className="text-muted-foreground">{t`Last audit entry`}</dt>
        <dd className="min-w-0">
          {lastAudit ? (
            <>
              {t`No. ${count(lastAudit.number)}`},{' '}
              <code className="font-mono text-small break-all">{lastAudit.hash}</code>{' '}
              <CopyButton text={lastAudit.hash} what={t`hash`} />
            </>
          ) : (
            t`none`
          )}
        </dd>
      </dl>
      <table className="mt-3 border-collapse text-small">
        <caption className="text-left text-muted-foreground">{t`Deleted rows by table`}</caption>
        <thead className="sr-only">
          <tr>
            <th>{t`Table`}</th>
            <th>{t`Rows`}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ schema, table, rows: deletedHere }) => (
            <tr key={`${schema}.${table}`}>
              <th scope="row" className="pr-6 text-left font-mono font-normal break-all">{`${schema}.${table}`}</th>
              <td className="text-right">{count(deletedHere)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
