import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { call } from '../../api/call';
import { answerTo, pagesOf } from '../../api/query';
import type { Asked as AskedOf, Entry } from '../../api/route';
import { listAudit, listDecisions, reviewDecisions } from '../../api/routes';
import { useMe } from '../../app/session';
import { Asked } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { DayFilter, Filters, SelectFilter } from '../../ui/filters';
import { ListCsv } from '../../ui/list-csv';
import { Page, Section } from '../../ui/page';
import { Pages } from '../../ui/pages';
import { PrintButton, PrintNote } from '../../ui/print-note';
import { StatusBadge, StatusIcon } from '../../ui/status-badge';
import { endOfDay, startOfDay } from '../../words/days';
import { count, duration, exactMoment, moment, money } from '../../words/format';
import { decisionStatus, ownVoteStatus } from '../../words/status';

type Decision = Entry<typeof listDecisions>;

const route = getRouteApi('/evidence/decisions');

/** Which requests were decided, by whom and after how long; and that nobody decided on their own. */
export function DecisionsPage() {
  const { t } = useLingui();
  const { tenant } = useMe();
  const search = route.useSearch();
  const { outcome, order, from, to } = search;
  const navigate = route.useNavigate();
  const span = { from: startOfDay(from), to: endOfDay(to) };
  const filter = {
    ...span,
    outcome: outcome === 'granted' || outcome === 'rejected' ? outcome : undefined,
    order: order === 'slowest' ? 'slowest' : 'newest',
  } satisfies AskedOf<typeof listDecisions>;
  const answer = useInfiniteQuery(pagesOf(listDecisions, filter));
  const set = (changed: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...changed }), replace: true });
  const filtered = Boolean(outcome || from || to);
  return (
    <Page
      title={t`Decisions`}
      tools={
        <>
          <DecisionsCsv filter={filter} />
          <PrintButton />
        </>
      }
    >
      <PrintNote tenant={tenant.name} />
      <Filters>
        <SelectFilter label={t`Outcome`} value={outcome} onChoose={(value) => set({ outcome: value })}>
          <option value="">{t`All`}</option>
          <option value="granted">{t`Approved`}</option>
          <option value="rejected">{t`Rejected`}</option>
        </SelectFilter>
        <SelectFilter label={t`Order`} value={order} onChoose={(value) => set({ order: value })}>
          <option value="">{t`Newest first`}</option>
          <option value="slowest">{t`Slowest first`}</option>
        </SelectFilter>
        <DayFilter label={t`From`} value={from} max={to} onChoose={(value) => set({ from: value })} />
        <DayFilter label={t`To`} value={to} min={from} onChoose={(value) => set({ to: value })} />
        {filtered ? (
          <Button look="quiet" onClick={() => void navigate({ search: {}, replace: true })}>{t`Remove filters`}</Button>
        ) : null}
      </Filters>
      <Review span={span} days={{ from, to }} />
      <Section title={order === 'slowest' ? t`Slowest decisions` : t`Newest decisions`}>
        <Pages
          answer={answer}
          empty={
            <Empty>
              {filtered
                ? t`Nothing fits these filters.`
                : t`Nothing has been decided yet. Every decision appears here by itself.`}
            </Empty>
          }
        >
          {(items) => <Table items={items} />}
        </Pages>
      </Section>
    </Page>
  );
}

/** The figures in sentences, and the check of segregation of duties. */
function Review({
  span,
  days,
}: {
  span: AskedOf<typeof reviewDecisions>;
  days: { from: string | undefined; to: string | undefined };
}) {
  const { t, i18n } = useLingui();
  const answer = useQuery(answerTo(reviewDecisions, span));
  const refused = useQuery(answerTo(listAudit, { ...span, type: 'approval.own-request-refused', limit: 200 }));
  return (
    <div className="mb-8">
      <Asked answer={answer} lines={2}>
        {({ granted, rejected, automatic, medianMs, ninetyPercentMs, votes, ownVotes }) => {
          const [yes, no, itself, all] = [count(granted), count(rejected), count(automatic), count(granted + rejected)];
          const status = ownVotes === 0 ? ownVoteStatus.none : ownVoteStatus.some;
          const checked = count(votes);
          return (
            <>
              <p>{t`${all} decided: ${yes} approved (${itself} of them by the policy itself), ${no} rejected.`}</p>
              {medianMs !== null && ninetyPercentMs !== null ? (
                <p>{t`People usually take ${duration(medianMs)}; 9 of 10 decisions come within ${duration(ninetyPercentMs)}.`}</p>
              ) : null}
              <p className="mt-2 flex gap-2">
                <StatusIcon status={status} />
                <span>
                  <strong>{i18n._(status.word)}</strong>{' '}
                  {ownVotes === 0
                    ? t`${plural(votes, { one: '# vote compared with who asked: it is not by the requester.', other: '# votes compared with who asked: none is by the requester.' })}`
                    : t`${plural(ownVotes, { one: `# of ${checked} votes is by the requester.`, other: `# of ${checked} votes are by the requester.` })}`}{' '}
                  {refused.data && refused.data.items.length > 0 ? (
                    <Link
                      to="/evidence/audit"
                      search={{ what: 'approval.own-request-refused', ...given(days) }}
                      className="text-primary underline"
                    >
                      {refused.data.nextCursor
                        ? t`More than ${count(200)} tries were refused`
                        : t`${plural(refused.data.items.length, { one: '# try was refused', other: '# tries were refused' })}`}
                    </Link>
                  ) : null}
                </span>
              </p>
            </>
          );
        }}
      </Asked>
    </div>
  );
}

function given({ from, to }: { from: string | undefined; to: string | undefined }) {
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

function Table({ items }: { items: readonly Decision[] }) {
  const { t } = useLingui();
  return (
    <table className="w-full border-collapse text-dense max-md:block">
      <caption className="sr-only">{t`Decisions`}</caption>
      <thead className="border-b border-border bg-muted text-left max-md:sr-only">
        <tr>
          <th className="px-3 py-2">{t`Name`}</th>
          <th className="px-3 py-2">{t`Outcome`}</th>
          <th className="px-3 py-2">{t`Requested by`}</th>
          <th className="px-3 py-2">{t`Decided by`}</th>
          <th className="px-3 py-2">{t`Decided`}</th>
          <th className="px-3 py-2 text-right">{t`Took`}</th>
          <th className="px-3 py-2 text-right">{t`a month`}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-border max-md:block">
        {items.map((item) => (
          <tr
            key={item.id}
            className="hover:bg-accent max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:py-2"
          >
            <th scope="row" className="px-3 py-1 text-left max-md:w-full max-md:py-0">
              <Link
                to="/requests/$id"
                params={{ id: item.id }}
                className="inline-flex min-h-6 items-center break-words text-primary hover:underline"
              >
                {item.vm.name}
              </Link>
            </th>
            <td className="px-3 py-1 max-md:py-0">
              <StatusBadge status={decisionStatus[item.automatic ? 'automatic' : item.outcome]} plain />
            </td>
            <td className="px-3 py-1 max-md:hidden">{item.requester.name ?? t`Deleted person`}</td>
            <td className="px-3 py-1 max-md:py-0">
              {item.automatic
                ? t`Policy “${item.policy.name}”, version ${item.policy.version}`
                : item.votes.map(({ by }) => by.name ?? t`Deleted person`).join(', ')}
            </td>
            <td className="px-3 py-1 whitespace-nowrap max-md:py-0">
              <time dateTime={item.decidedAt} title={exactMoment(item.decidedAt)}>
                {moment(item.decidedAt)}
              </time>
            </td>
            <td className="px-3 py-1 text-right whitespace-nowrap max-md:py-0">{duration(item.waitedMs)}</td>
            <td className="px-3 py-1 text-right whitespace-nowrap max-md:hidden">
              {money(item.vm.size.monthlyCostCents, item.vm.size.currency)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DecisionsCsv({ filter }: { filter: AskedOf<typeof listDecisions> }) {
  const { t } = useLingui();
  return (
    <ListCsv
      name="decisions"
      ask={(cursor) => call(listDecisions, { ...filter, limit: 200, cursor })}
      head={[
        t`Request`,
        t`Name`,
        t`Project`,
        t`Outcome`,
        t`By the policy itself`,
        t`Requested by`,
        t`Decided by`,
        t`Opened`,
        t`Decided`,
        t`Took, seconds`,
        t`Price a month`,
        t`Currency`,
        t`Policy`,
        t`Version`,
      ]}
      row={(item) => [
        item.id,
        item.vm.name,
        item.vm.project.name,
        item.outcome === 'granted' ? t`Approved` : t`Rejected`,
        item.automatic ? t`yes` : t`no`,
        item.requester.name ?? t`Deleted person`,
        item.votes.map(({ by }) => by.name ?? t`Deleted person`).join(', '),
        item.openedAt,
        item.decidedAt,
        item.waitedMs / 1_000,
        item.vm.size.monthlyCostCents / 100,
        item.vm.size.currency,
        item.policy.name,
        item.policy.version,
      ]}
    />
  );
}
