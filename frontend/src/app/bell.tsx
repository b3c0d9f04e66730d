import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Bell as BellIcon } from 'lucide-react';
import { count } from '../words/format';
import { useUnread } from './unread';

/** The way to what happened without me, and how much of it is new. */
export function Bell() {
  const { t } = useLingui();
  const unread = useUnread();
  const name =
    unread > 0 ? t`${plural(unread, { one: '# new notification', other: '# new notifications' })}` : t`Notifications`;
  return (
    <Link
      to="/notifications"
      aria-label={name}
      title={name}
      activeProps={{ className: 'bg-primary-tint' }}
      className="relative flex min-h-10 min-w-10 items-center justify-center rounded-control hover:bg-accent"
    >
      <BellIcon aria-hidden size={20} />
      {unread > 0 ? (
        <span
          aria-hidden="true"
          className="absolute top-0.5 left-5 rounded-full bg-primary px-1.5 text-caption font-semibold text-primary-foreground"
        >
          {unread > 99 ? '99+' : count(unread)}
        </span>
      ) : null}
    </Link>
  );
}
