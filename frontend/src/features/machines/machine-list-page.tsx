import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { call } from '../../api/call';
import { allOf, pagesOf } from '../../api/query';
import { listProjects, listVms } from '../../api/routes';
import { useHasRole } from '../../app/session';
import { useSaidWhenChanged } from '../../ui/announcer';
import { Button, ButtonLink } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Filters, NameFilter, SelectFilter } from '../../ui/filters';
import { ListCsv } from '../../ui/list-csv';
import { Page } from '../../ui/page';
import { Pages } from '../../ui/pages';
import { machineStatus, powerStatus } from '../../words/status';
import { ColumnChoice, useChosenColumns } from './column-choice';
import { type Sort, useColumns, type Vm } from './columns';
import { MachineTable } from './machine-table';

const route = getRouteApi('/machines');
const sorts: readonly Sort[] = ['name', 'project', 'power', 'cost', 'created'];

export function MachineListPage() {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const { power, project, name } = search;
  const navigate = route.useNavigate();
  const asks = useHasRole('user', 'tenant-admin');
  const projects = useQuery(allOf(listProjects, {})).data ?? [];
  const columns = useColumns();
  const { ids, choose } = useChosenColumns();
  const shown = useMemo(() => columns.filter(({ id }) => ids.includes(id)), [columns, ids]);
  const order = { sort: sorts.find((one) => one === search.sort) ?? 'name', descending: search.order === 'down' };
  const asked = {
    power: power && power in powerStatus ? (power as keyof typeof powerStatus) : undefined,
    missing: power === 'missing' ? 'true' : undefined,
    projectId: project,
    name,
    sort: order.sort,
    descending: order.descending ? 'true' : undefined,
  };
  const answer = useInfiniteQuery({
    ...pagesOf(listVms, { ...asked, limit: 200 }),
    placeholderData: keepPreviousData,
  });
  const { data, isPending, isSuccess, isPlaceholderData, isFetchingNextPage, hasNextPage, fetchNextPage } = answer;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const total = data?.pages[0]?.total ?? 0;
  const filtered = Boolean(power || project || name);
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const narrow = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
  const sortBy = (sort: Sort) => narrow({ sort, order: sort === order.sort && !order.descending ? 'down' : undefined });

  const head = shown.find(({ sort }) => sort === order.sort)?.head;
  const sortedBy = head ? i18n._(head) : t`Name`;
  useSaidWhenChanged(
    isSuccess && !isPlaceholderData
      ? t`${plural(total, { one: '# machine', other: '# machines' })}, sorted by ${sortedBy}`
      : '',
  );
  return (
    <Page
      title={t`Machines`}
      action={asks ? <ButtonLink to="/requests/new" look="primary">{t`Request a VM`}</ButtonLink> : null}
      // Kept from the start, so that nothing moves when the answer comes.
      facts={isSuccess ? t`${plural(total, { one: '# machine', other: '# machines' })}` : '\u00a0'}
      tools={
        items.length > 0 || isPending ? (
          <>
            <ColumnChoice columns={columns} chosen={ids} onChoose={choose} />
            <ListCsv
              name={t`machines`}
              head={[t`Name`, ...shown.map((column) => i18n._(column.head))]}
              row={(vm: Vm) => [vm.name, ...shown.map(({ csv }) => csv(vm))]}
              ask={(cursor) => call(listVms, { ...asked, limit: 200, cursor })}
            />
          </>
        ) : null
      }
    >
      <Filters>
        <SelectFilter label={t`Status`} value={power} onChoose={(chosen) => narrow({ power: chosen })}>
          <option value="">{t`All`}</option>
          {Object.entries({ ...powerStatus, missing: machineStatus.missing }).map(([key, { word }]) => (
            <option key={key} value={key}>
              {i18n._(word)}
            </option>
          ))}
        </SelectFilter>
        {projects.length > 1 ? (
          <SelectFilter label={t`Project`} value={project} onChoose={(chosen) => narrow({ project: chosen })}>
            <option value="">{t`All`}</option>
            {projects.map(({ id, name: of }) => (
              <option key={id} value={id}>
                {of}
              </option>
            ))}
          </SelectFilter>
        ) : null}
        <NameFilter value={name} onType={(part) => narrow({ name: part })} />
        {filtered ? (
          <Button look="quiet" onClick={() => void navigate({ search: {} })}>
            {t`Remove filters`}
          </Button>
        ) : null}
      </Filters>
      <Pages
        answer={answer}
        empty={
          <Empty
            action={
              filtered ? (
                <Button onClick={() => void navigate({ search: {} })}>{t`Remove filters`}</Button>
              ) : asks ? (
                <ButtonLink to="/requests/new" look="primary">{t`Request a VM`}</ButtonLink>
              ) : null
            }
          >
            {filtered ? t`Nothing fits these filters.` : t`No machines yet. They appear here once a request is ready.`}
          </Empty>
        }
      >
        {(items) => (
          <MachineTable items={items} total={total} columns={shown} order={order} onSort={sortBy} onEnd={onEnd} />
        )}
      </Pages>
    </Page>
  );
}
