import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answerTo } from '../../api/query';
import { listApprovals, listQuota, listRequests, listVms } from '../../api/routes';
import { useHasRole, useMe } from '../../app/session';
import { useUnread } from '../../app/unread';
import { Asked } from '../../ui/asked';
import { ButtonLink } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Moment } from '../../ui/moment';
import { Page, Section } from '../../ui/page';
import { QuotaBars } from '../../ui/quota-bar';
import { StatusBadge, StatusIcon } from '../../ui/status-badge';
import { count } from '../../words/format';
import { machineStatus, requestStatus } from '../../words/status';
import { FirstSteps } from './first-steps';

const moving = ['submitted', 'approved', 'provisioning', 'cancelling'];

/**
 * What waits for me first, since it blocks others; then what moves, what I own, what is left.
 * @param children  what further roles want to see, above the requests
 */
export function HomePage({ children }: { children: ReactNode }) {
  const { t } = useLingui();
  const asks = useHasRole('user', 'tenant-admin');
  const decides = useHasRole('approver', 'tenant-admin');
  const unread = useUnread();
  const title = t`Home`;
  if (useHasRole('platform-admin')) {
    return (
      <Page title={title} facts={t`You see no tenant's content: no requests, no machines, no people.`}>
        <FirstSteps />
        <ButtonLink to="/platform/tenants" look="primary">{t`To the tenants`}</ButtonLink>
      </Page>
    );
  }
  return (
    <Page
      title={title}
      tabTitle={unread > 0 ? `(${unread}) ${title}` : title}
      action={asks ? <ButtonLink to="/requests/new" look="primary">{t`Request a VM`}</ButtonLink> : null}
    >
      <FirstSteps />
      <div className="grid gap-x-10 xl:grid-cols-[minmax(0,1fr)_340px]">
        <div>
          {decides ? <WaitingForMe /> : null}
          {children}
          <InProgress />
        </div>
        <div>
          <Quotas />
          <Machines />
        </div>
      </div>
    </Page>
  );
}

function WaitingForMe() {
  const { t } = useLingui();
  const answer = useQuery(answerTo(listApprovals, {}));
  return (
    <Section
      title={t`Waiting for you`}
      action={<Link to="/approvals" className="text-primary hover:underline">{t`Open the queue`}</Link>}
    >
      <Asked answer={answer} lines={2}>
        {({ items }) => {
          const mine = items.filter(({ mayDecide }) => mayDecide);
          if (mine.length === 0)
            return <Empty>{t`Nothing waits for you. What is asked for appears here by itself.`}</Empty>;
          return (
            <ul className="divide-y divide-border rounded-panel border border-border bg-card">
              {mine.slice(0, 5).map((item) => (
                <li key={item.id}>
                  <Link
                    to="/approvals"
                    search={{ id: item.id }}
                    className="flex flex-wrap items-center gap-x-4 px-4 py-2 hover:bg-accent"
                  >
                    <strong>{item.vm.name}</strong>
                    <span className="text-muted-foreground">{item.requester.name ?? t`Deleted person`}</span>
                    <span className="ml-auto text-muted-foreground">
                      <Moment at={item.openedAt} />
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          );
        }}
      </Asked>
    </Section>
  );
}

function InProgress() {
  const { t } = useLingui();
  const asks = useHasRole('user', 'tenant-admin');
  const answer = useQuery(answerTo(listRequests, { limit: 20 }));
  return (
    <Section
      title={t`Requests`}
      action={<Link to="/requests" className="text-primary hover:underline">{t`See all`}</Link>}
    >
      <Asked answer={answer}>
        {({ items }) => {
          if (items.length === 0) {
            return (
              <Empty
                action={asks ? <ButtonLink to="/requests/new" look="primary">{t`Request a VM`}</ButtonLink> : null}
              >
                {t`No requests yet. Choose a size and a name, somebody approves, and the VM is made by itself.`}
              </Empty>
            );
          }
          const shown = [
            ...items.filter(({ state }) => moving.includes(state)),
            ...items.filter(({ state }) => !moving.includes(state)),
          ];
          return (
            <ul className="divide-y divide-border rounded-panel border border-border bg-card">
              {shown.slice(0, 8).map((request) => (
                <li key={request.id}>
                  <Link
                    to="/requests/$id"
                    params={{ id: request.id }}
                    className="flex flex-wrap items-center gap-x-4 px-4 py-2 hover:bg-accent"
                  >
                    <strong className="min-w-0 break-words">{request.name}</strong>
                    <StatusBadge status={requestStatus[request.state]} plain />
                    <span className="ml-auto text-muted-foreground">
                      <Moment at={request.changedAt} />
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          );
        }}
      </Asked>
    </Section>
  );
}

/** Of the whole tenant and of my projects; whoever answers for all sees all. */
function Quotas() {
  const { t } = useLingui();
  const { projects } = useMe();
  const seesAll = useHasRole('tenant-admin', 'auditor');
  const mine = new Set(projects.map(({ id }) => id));
  const answer = useQuery(answerTo(listQuota, {}));
  return (
    <Section title={t`Quota`}>
      <Asked answer={answer}>
        {({ items }) => (
          <div className="space-y-4">
            {items
              .filter(({ projectId }) => seesAll || projectId === null || mine.has(projectId))
              .map((quota) => (
                <div key={quota.projectId ?? 'tenant'}>
                  <p className="text-small text-muted-foreground">{quota.projectName ?? t`Whole tenant`}</p>
                  <QuotaBars quota={quota} dimensions={['vcpus', 'vms']} />
                </div>
              ))}
          </div>
        )}
      </Asked>
    </Section>
  );
}

function Machines() {
  const { t } = useLingui();
  const answer = useQuery(answerTo(listVms, { limit: 1 }));
  const administers = useHasRole('tenant-admin');
  const missing =
    useQuery({ ...answerTo(listVms, { missing: 'true', limit: 1 }), enabled: administers }).data?.total ?? 0;
  const on = useQuery(answerTo(listVms, { power: 'on', limit: 1 })).data?.total;
  return (
    <Section
      title={t`Machines`}
      action={<Link to="/machines" className="text-primary hover:underline">{t`See all`}</Link>}
    >
      <Asked answer={answer} lines={1}>
        {({ total }) => {
          const all = t`${plural(total, { one: '# machine', other: '# machines' })}`;
          return (
            <>
              <p>{on === undefined ? all : t`${all}, ${count(on)} powered on`}</p>
              {missing > 0 ? (
                <p className="mt-1 flex gap-2">
                  <StatusIcon status={machineStatus.missing} />
                  <Link to="/machines" search={{ power: 'missing' }} className="text-primary underline">
                    {t`${plural(missing, { one: '# machine needs attention: vCenter no longer knows it', other: '# machines need attention: vCenter no longer knows them' })}`}
                  </Link>
                </p>
              ) : null}
            </>
          );
        }}
      </Asked>
    </Section>
  );
}
