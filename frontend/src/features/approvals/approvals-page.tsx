import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { answerTo } from '../../api/query';
import { listApprovals } from '../../api/routes';
import { Asked } from '../../ui/asked';
import { classNames } from '../../ui/class-names';
import { Empty } from '../../ui/empty';
import { Moment } from '../../ui/moment';
import { Page } from '../../ui/page';
import { count, money } from '../../words/format';
import { CaseDetail } from './case-detail';

const route = getRouteApi('/approvals');

/** The queue and the one case looked at, side by side; on a phone one after the other. */
export function ApprovalsPage() {
  const { t } = useLingui();
  const { id } = route.useSearch();
  const navigate = route.useNavigate();
  const answer = useQuery(answerTo(listApprovals, {}));
  const waiting = answer.data?.items.filter((item) => item.mayDecide).length ?? 0;
  return (
    <Page title={t`Approvals`} facts={answer.data ? t`${count(waiting)} waiting for you` : null}>
      <Asked answer={answer} lines={8}>
        {({ items }) => {
          if (items.length === 0) return <Empty>{t`Nothing is open.`}</Empty>;
          const chosen = items.find((item) => item.id === id) ?? (id ? undefined : items[0]);
          const next = items.find((item) => item.mayDecide && item.id !== chosen?.id);
          return (
            <div className="grid gap-6 lg:grid-cols-[minmax(0,420px)_minmax(0,1fr)]">
              <ul
                aria-label={t`Open requests`}
                className={classNames(
                  'divide-y divide-border self-start rounded-panel border border-border bg-card',
                  id && 'max-lg:hidden',
                )}
              >
                {items.map((item) => (
                  <li key={item.id}>
                    <Link
                      from="/approvals"
                      to="/approvals"
                      search={{ id: item.id }}
                      aria-current={item.id === chosen?.id ? 'true' : undefined}
                      className={classNames(
                        'flex flex-wrap gap-x-3 border-l-[3px] px-4 py-2 hover:bg-accent',
                        item.id === chosen?.id ? 'border-primary bg-primary-tint' : 'border-transparent',
                      )}
                    >
                      <strong className="min-w-0 break-words">{item.vm.name}</strong>
                      <span className="ml-auto">{money(item.vm.size.monthlyCostCents, item.vm.size.currency)}</span>
                      <span className="w-full text-small text-muted-foreground">
                        {item.requester.name ?? t`Deleted person`} · <Moment at={item.openedAt} />
                        {item.mayDecide ? null : ` · ${t`not yours to decide`}`}
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
              {chosen ? (
                <CaseDetail
                  key={chosen.id}
                  item={chosen}
                  hiddenOnPhone={!id}
                  onDecided={() => void navigate({ search: next ? { id: next.id } : {} })}
                />
              ) : (
                <Empty>{t`This request is no longer open.`}</Empty>
              )}
            </div>
          );
        }}
      </Asked>
    </Page>
  );
}
