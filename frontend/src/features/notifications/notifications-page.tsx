import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { pagesOf, useChange } from '../../api/query';
import type { Entry } from '../../api/route';
import { listNotifications, readNotifications } from '../../api/routes';
import { useUnread } from '../../app/unread';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { classNames } from '../../ui/class-names';
import { Empty } from '../../ui/empty';
import { Moment } from '../../ui/moment';
import { Page, Section } from '../../ui/page';
import { Pages } from '../../ui/pages';
import { ProblemNote } from '../../ui/problem-note';
import { StatusIcon } from '../../ui/status-badge';
import { notificationStatus } from '../../words/status';
import { useSentence } from './sentence';

type Notification = Entry<typeof listNotifications>;

/** What happened without me, by request; the request with the newest comes first. It is read once its place was opened. */
export function NotificationsPage() {
  const { t } = useLingui();
  const answer = useInfiniteQuery(pagesOf(listNotifications, {}));
  const read = useChange(readNotifications, [listNotifications]);
  const unread = useUnread();
  const title = t`Notifications`;
  const readAll = () =>
    read.mutate(
      {},
      {
        onSuccess: () => {
          announce(t`Everything is read.`);
          document.querySelector('h1')?.focus(); // The button has gone.
        },
      },
    );
  return (
    <Page
      title={title}
      tabTitle={unread > 0 ? `(${unread}) ${title}` : title}
      facts={unread > 0 ? t`${plural(unread, { one: '# is new', other: '# are new' })}` : null}
      action={
        unread > 0 ? (
          <Button look="primary" busy={read.isPending} onClick={readAll}>
            {t`Mark all as read`}
          </Button>
        ) : null
      }
    >
      {read.error ? <ProblemNote error={read.error} onRetry={readAll} /> : null}
      <Pages
        answer={answer}
        empty={
          <Empty>
            {t`Nothing yet. What happens without you stands here: a decision on your request, a machine that is ready, a request that waits for you.`}
          </Empty>
        }
      >
        {(items) =>
          byRequest(items).map((group) => (
            <Section key={group[0].requestId ?? group[0].id} title={group[0].vmName} className="max-w-[960px]">
              <ul className="divide-y divide-border rounded-panel border border-border bg-card">
                {group.map((notification) => (
                  <Line key={notification.id} notification={notification} />
                ))}
              </ul>
            </Section>
          ))
        }
      </Pages>
    </Page>
  );
}

function Line({ notification }: { notification: Notification }) {
  const { t } = useLingui();
  const sentence = useSentence();
  const { kind, at, readAt } = notification;
  return (
    <li>
      <Link
        {...placeOf(notification)}
        className="flex min-h-11 items-start gap-x-3 px-4 py-2 hover:bg-accent max-sm:flex-wrap"
      >
        <StatusIcon status={notificationStatus[kind]} />
        <span className={classNames('min-w-0 flex-1 break-words', !readAt && 'font-semibold')}>
          {readAt ? null : (
            <span className="mr-1 rounded-control bg-primary-tint px-1.5 text-small text-primary">{t`New`}</span>
          )}{' '}
          {sentence(notification)}
        </span>
        <span className="whitespace-nowrap text-muted-foreground max-sm:w-full max-sm:pl-8">
          <Moment at={at} />
        </span>
      </Link>
    </li>
  );
}

/** Where something can be done about it. */
function placeOf({ kind, requestId, vmId }: Notification): LinkProps {
  if (vmId) return { to: '/machines/$id', params: { id: vmId } };
  if (kind === 'submitted') return { to: '/approvals', search: { id: requestId ?? undefined } };
  return { to: '/requests/$id', params: { id: requestId ?? '' } };
}

/** Newest first in, newest first out; what is about one request stands together. */
function byRequest(items: readonly Notification[]): (readonly [Notification, ...Notification[]])[] {
  const groups = new Map<string, [Notification, ...Notification[]]>();
  for (const item of items) {
    const about = item.requestId ?? item.id;
    const group = groups.get(about);
    if (group) group.push(item);
    else groups.set(about, [item]);
  }
  return [...groups.values()];
}
