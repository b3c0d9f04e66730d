import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { answerTo, pagesOf } from '../../api/query';
import type { Asked as AskedOf } from '../../api/route';
import { getDraft, listRequests } from '../../api/routes';
import { useHasRole, useMe } from '../../app/session';
import { Button, ButtonLink } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Filters, NameFilter, SelectFilter } from '../../ui/filters';
import { Moment } from '../../ui/moment';
import { Page } from '../../ui/page';
import { ProblemNote } from '../../ui/problem-note';
import { Skeleton } from '../../ui/skeleton';
import { StatusBadge } from '../../ui/status-badge';
import { money } from '../../words/format';
import { draftStatus, requestStatus } from '../../words/status';

const route = getRouteApi('/requests');

export function RequestListPage() {
  const { t, i18n } = useLingui();
  const { state, project, name } = route.useSearch();
  const navigate = route.useNavigate();
  const asks = useHasRole('user', 'tenant-admin');
  const { person } = useMe();
  const filter = {
    state: state && state in requestStatus ? (state as keyof typeof requestStatus) : undefined,
    projectId: project,
    name,
  } satisfies AskedOf<typeof listRequests>;
  const answer = useInfiniteQuery(pagesOf(listRequests, filter));
  const items = answer.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Boolean(state || project || name);
  const kept = useQuery({ ...answerTo(getDraft, {}), enabled: asks });
  const draft = filtered ? null : kept.data?.draft;
  // It stands on top, so that nothing below may be drawn before it; unless it is what does not come.
  const waits = answer.isPending || (asks && kept.isPending && kept.failureCount === 0);
  const narrow = (change: { state?: string | undefined; name?: string | undefined }) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
  return (
    <Page
      title={t`Requests`}
      action={asks ? <ButtonLink to="/requests/new" look="primary">{t`Request a VM`}</ButtonLink> : null}
    >
      <Filters>
        <SelectFilter label={t`Status`} value={state} onChoose={(chosen) => narrow({ state: chosen })}>
          <option value="">{t`All`}</option>
          {Object.entries(requestStatus).map(([key, { word }]) => (
            <option key={key} value={key}>
              {i18n._(word)}
            </option>
          ))}
        </SelectFilter>
        <NameFilter value={name} onType={(part) => narrow({ name: part })} />
        {filtered ? (
          <Button look="quiet" onClick={() => void navigate({ search: {} })}>
            {t`Remove filters`}
          </Button>
        ) : null}
      </Filters>
      {answer.error && items.length === 0 ? (
        <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} />
      ) : null}
      {waits ? <Skeleton lines={8} /> : null}
      {answer.isSuccess && !waits && items.length === 0 && !draft ? (
        <Empty
          action={filtered ? <Button onClick={() => void navigate({ search: {} })}>{t`Remove filters`}</Button> : null}
        >
          {filtered ? t`Nothing fits these filters.` : t`No requests yet. Ask for your first VM.`}
        </Empty>
      ) : null}
      {!waits && (items.length > 0 || draft) ? (
        <table className="w-full border-collapse text-dense max-md:block">
          <caption className="sr-only">{t`Requests, newest first`}</caption>
          <thead className="border-b border-border bg-muted text-left max-md:sr-only">
            <tr>
              <th className="px-3 py-2">{t`Name`}</th>
              <th className="px-3 py-2">{t`Status`}</th>
              <th className="px-3 py-2">{t`Project`}</th>
              <th className="px-3 py-2">{t`Requested by`}</th>
              <th className="px-3 py-2">{t`Size`}</th>
              <th className="px-3 py-2 text-right">{t`a month`}</th>
              <th className="px-3 py-2 text-right">{t`Changed`}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-border max-md:block">
            {draft ? (
              <tr className="hover:bg-accent max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:py-2">
                <th scope="row" className="px-3 py-2 text-left max-md:w-full max-md:py-0">
                  <Link to="/requests/new" className="break-words text-primary hover:underline">
                    {draft.name || t`Not named yet`}
                  </Link>
                </th>
                <td className="px-3 py-2 max-md:py-0">
                  <StatusBadge status={draftStatus} plain />
                </td>
                <td className="px-3 py-2 max-md:hidden" />
                <td className="px-3 py-2 max-md:hidden">{person.name}</td>
                <td className="px-3 py-2 max-md:hidden">{draft.size}</td>
                <td className="px-3 py-2 max-md:hidden" />
                <td className="px-3 py-2 text-right whitespace-nowrap text-muted-foreground max-md:py-0">
                  <Moment at={draft.keptAt} />
                </td>
              </tr>
            ) : null}
            {items.map((request) => (
              <tr
                key={request.id}
                className="hover:bg-accent max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:py-2"
              >
                <th scope="row" className="px-3 py-2 text-left max-md:w-full max-md:py-0">
                  <Link
                    to="/requests/$id"
                    params={{ id: request.id }}
                    className="break-words text-primary hover:underline"
                  >
                    {request.name}
                  </Link>
                </th>
                <td className="px-3 py-2 max-md:py-0">
                  <StatusBadge status={requestStatus[request.state]} plain />
                </td>
                <td className="px-3 py-2 max-md:hidden">{request.project.name}</td>
                <td className="px-3 py-2 max-md:hidden">{request.requester.name ?? t`Deleted person`}</td>
                <td className="px-3 py-2 max-md:hidden">{request.size}</td>
                <td className="px-3 py-2 text-right max-md:hidden">
                  {money(request.monthlyCostCents, request.currency)}
                </td>
                <td className="px-3 py-2 text-right whitespace-nowrap text-muted-foreground max-md:py-0">
                  <Moment at={request.changedAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {answer.hasNextPage ? (
        <Button className="mt-4" busy={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
          {t`Show more`}
        </Button>
      ) : null}
    </Page>
  );
}
