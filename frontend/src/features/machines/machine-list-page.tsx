import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { call } from '../../api/call';
import { listVms } from '../../api/routes';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Page } from '../../ui/page';
import { ProblemNote } from '../../ui/problem-note';
import { Skeleton } from '../../ui/skeleton';
import { StatusBadge } from '../../ui/status-badge';
import { money } from '../../words/format';
import { powerStatus } from '../../words/status';

const route = getRouteApi('/machines');

export function MachineListPage() {
  const { t, i18n } = useLingui();
  const { power, project, name } = route.useSearch();
  const navigate = route.useNavigate();
  const filter = {
    power: power && power in powerStatus ? (power as keyof typeof powerStatus) : undefined,
    projectId: project,
    name,
  };
  const answer = useInfiniteQuery({
    queryKey: [listVms.path, filter],
    queryFn: ({ pageParam, signal }) => call(listVms, { ...filter, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const items = answer.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Boolean(power || project || name);
  return (
    <Page title={t`Machines`}>
      <search className="mb-4 flex flex-wrap items-end gap-4">
        <label className="flex flex-col text-small">
          {t`Status`}
          <select
            value={power ?? ''}
            onChange={(event) =>
              void navigate({ search: (old) => ({ ...old, power: event.target.value || undefined }), replace: true })
            }
            className="min-h-10 rounded-control border border-input bg-card px-3 text-base"
          >
            <option value="">{t`All`}</option>
            {Object.entries(powerStatus).map(([key, { word }]) => (
              <option key={key} value={key}>
                {i18n._(word)}
              </option>
            ))}
          </select>
        </label>
        <label className="flex flex-col text-small">
          {t`Part of the name`}
          <input
            type="search"
            defaultValue={name ?? ''}
            onChange={(event) =>
              void navigate({ search: (old) => ({ ...old, name: event.target.value || undefined }), replace: true })
            }
            className="min-h-10 rounded-control border border-input bg-card px-3 text-base"
          />
        </label>
      </search>
      {answer.error && items.length === 0 ? (
        <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} />
      ) : null}
      {answer.isPending ? <Skeleton lines={8} /> : null}
      {answer.isSuccess && items.length === 0 ? (
        <Empty
          action={filtered ? <Button onClick={() => void navigate({ search: {} })}>{t`Remove filters`}</Button> : null}
        >
          {filtered ? t`Nothing fits these filters.` : t`No machines yet. They appear here once a request is ready.`}
        </Empty>
      ) : null}
      {items.length > 0 ? (
        <table className="w-full border-collapse text-dense max-sm:block">
          <caption className="sr-only">{t`Machines, by name`}</caption>
          <thead className="border-b border-border bg-muted text-left max-sm:sr-only">
            <tr>
              <th className="px-3 py-2">{t`Name`}</th>
              <th className="px-3 py-2">{t`Status`}</th>
              <th className="px-3 py-2">{t`Address`}</th>
              <th className="px-3 py-2">{t`Size`}</th>
              <th className="px-3 py-2">{t`Project`}</th>
              <th className="px-3 py-2">{t`Owner`}</th>
              <th className="px-3 py-2 text-right">{t`a month`}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-border max-sm:block">
            {items.map((vm) => (
              <tr
                key={vm.id}
                className="hover:bg-accent max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:py-2"
              >
                <th scope="row" className="px-3 py-2 text-left max-sm:w-full max-sm:py-0">
                  <Link to="/machines/$id" params={{ id: vm.id }} className="break-words text-primary hover:underline">
                    {vm.name}
                  </Link>
                </th>
                <td className="px-3 py-2 max-sm:py-0">
                  <StatusBadge status={powerStatus[vm.power]} plain />
                </td>
                <td className="px-3 py-2 font-mono text-small max-sm:py-0">{vm.addresses.join(', ')}</td>
                <td className="px-3 py-2 max-sm:hidden">{vm.size.key}</td>
                <td className="px-3 py-2 max-sm:hidden">{vm.project.name}</td>
                <td className="px-3 py-2 max-sm:hidden">{vm.owner.name ?? t`Deleted person`}</td>
                <td className="px-3 py-2 text-right max-sm:hidden">
                  {money(vm.size.monthlyCostCents, vm.size.currency)}
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
