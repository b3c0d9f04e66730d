import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import {
  BadgeCheck,
  Disc3,
  FileText,
  FolderOpen,
  Gauge,
  House,
  type LucideIcon,
  Mail,
  Menu,
  Network,
  Plug,
  Ruler,
  Scale,
  Server,
  Users,
  Workflow,
} from 'lucide-react';
import { useRef } from 'react';
import { answerTo } from '../api/query';
import { listApprovals } from '../api/routes';
import { count } from '../words/format';
import { type Role, useMe } from './session';

interface Place {
  readonly to: LinkProps['to'];
  readonly icon: LucideIcon;
  readonly label: MessageDescriptor;
  /** Where a fifth of a phone's width is all there is: says where a long word may break. */
  readonly narrow?: MessageDescriptor;
}

interface Group {
  readonly heading: MessageDescriptor;
  /** Who sees it; absent: everybody. */
  readonly roles?: readonly Role[];
  readonly places: readonly Place[];
}

/** Groups appear with the role and add up; there is no switching of roles. */
const groups: readonly Group[] = [
  {
    heading: msg`My work`,
    places: [
      { to: '/', icon: House, label: msg`Home` },
      { to: '/requests', icon: FileText, label: msg`Requests` },
      { to: '/machines', icon: Server, label: msg`Machines` },
    ],
  },
  {
    heading: msg`Decide`,
    roles: ['approver', 'tenant-admin', 'auditor'],
    places: [
      {
        to: '/approvals',
        icon: BadgeCheck,
        label: msg`Approvals`,
        narrow: msg({ message: 'Approvals', context: 'bottom bar' }),
      },
    ],
  },
  {
    heading: msg`Manage`,
    roles: ['tenant-admin', 'auditor'],
    places: [
      { to: '/administration/projects', icon: FolderOpen, label: msg`Projects` },
      { to: '/administration/people', icon: Users, label: msg`People` },
      { to: '/administration/policies', icon: Scale, label: msg`Policies` },
      { to: '/administration/quotas', icon: Gauge, label: msg`Quotas` },
      { to: '/administration/sizes', icon: Ruler, label: msg`Sizes` },
      { to: '/administration/templates', icon: Disc3, label: msg`Templates` },
      { to: '/administration/networks', icon: Network, label: msg`Networks` },
      { to: '/administration/runs', icon: Workflow, label: msg`Provisioning` },
      { to: '/administration/vcenter', icon: Plug, label: msg`vCenter` },
      { to: '/administration/mail', icon: Mail, label: msg`Mail` },
    ],
  },
];

function useGroups(): readonly Group[] {
  const { roles } = useMe();
  return groups.filter((group) => !group.roles || group.roles.some((role) => roles.includes(role)));
}

/** Cases that wait for me: the only number that asks for work. */
function useWaiting(): number {
  const mayDecide = useMe().roles.some((role) => role === 'approver' || role === 'tenant-admin');
  const { data } = useQuery({ ...answerTo(listApprovals, {}), enabled: mayDecide });
  return data?.items.filter((item) => item.mayDecide).length ?? 0;
}

export function SideNavigation() {
  const { t, i18n } = useLingui();
  const waiting = useWaiting();
  return (
    <nav
      aria-label={t`Pages`}
      className="sticky top-12 hidden h-[calc(100dvh-3rem)] w-14 shrink-0 overflow-y-auto border-r border-border bg-muted p-2 sm:block lg:w-56"
    >
      {useGroups().map((group) => (
        <div key={group.heading.id} className="mb-4">
          <p className="px-3 py-1 text-caption text-muted-foreground max-lg:sr-only">{i18n._(group.heading)}</p>
          <ul>
            {group.places.map(({ to, icon: Icon, label }) => (
              <li key={to}>
                <Link
                  to={to}
                  title={i18n._(label)}
                  activeOptions={{ exact: to === '/', includeSearch: false }}
                  activeProps={{ className: 'bg-primary-tint font-semibold border-primary' }}
                  inactiveProps={{ className: 'border-transparent' }}
                  className="flex min-h-10 items-center gap-3 rounded-control border-l-[3px] px-2 hover:bg-accent"
                >
                  <Icon aria-hidden size={20} strokeWidth={1.75} className="shrink-0" />
                  <span className="max-lg:sr-only">{i18n._(label)}</span>
                  {to === '/approvals' && waiting > 0 ? <Waiting count={waiting} /> : null}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function Waiting({ count: waiting }: { count: number }) {
  const { t } = useLingui();
  return (
    <span className="ml-auto rounded-full bg-primary px-2 text-caption font-semibold text-primary-foreground max-lg:hidden">
      {count(waiting)} <span className="sr-only">{t`waiting for you`}</span>
    </span>
  );
}

/** On a phone: the four places people go to, and the way to all others. */
export function BottomBar() {
  const { t, i18n } = useLingui();
  const all = useGroups();
  const places = all.flatMap((group) => group.places).slice(0, 4);
  const rest = all
    .map((group) => ({ ...group, places: group.places.filter((place) => !places.includes(place)) }))
    .filter((group) => group.places.length > 0);
  return (
    <nav aria-label={t`Pages`} className="fixed inset-x-0 bottom-0 z-20 flex border-t border-border bg-card sm:hidden">
      {places.map(({ to, icon: Icon, label, narrow }) => (
        <Link
          key={to}
          to={to}
          aria-label={i18n._(label)}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          activeProps={{ className: 'text-primary font-semibold' }}
          className={bottomPlace}
        >
          <Icon aria-hidden size={20} strokeWidth={1.75} />
          <span aria-hidden="true" className="max-w-full overflow-hidden text-center leading-4">
            {i18n._(narrow ?? label)}
          </span>
        </Link>
      ))}
      {rest.length > 0 ? <MorePlaces groups={rest} /> : null}
    </nav>
  );
}

const bottomPlace = 'flex min-h-14 min-w-0 flex-1 flex-col items-center justify-center text-caption';

function MorePlaces({ groups: rest }: { groups: readonly Group[] }) {
  const { t, i18n } = useLingui();
  const menu = useRef<HTMLDivElement>(null);
  return (
    <>
      <button type="button" popoverTarget="more-places" className={bottomPlace}>
        <Menu aria-hidden size={20} strokeWidth={1.75} />
        <span className="max-w-full truncate">{t`More`}</span>
      </button>
      <div
        ref={menu}
        id="more-places"
        popover="auto"
        className="fixed inset-auto right-2 bottom-16 max-h-[calc(100dvh-8rem)] w-64 overflow-y-auto rounded-panel border border-border bg-popover p-2 text-foreground shadow-floating"
      >
        {rest.map((group) => (
          <div key={group.heading.id} className="mb-2">
            <p className="px-3 py-1 text-caption text-muted-foreground">{i18n._(group.heading)}</p>
            <ul>
              {group.places.map(({ to, icon: Icon, label }) => (
                <li key={to}>
                  <Link
                    to={to}
                    onClick={() => menu.current?.hidePopover()}
                    activeProps={{ className: 'bg-primary-tint font-semibold' }}
                    className="flex min-h-11 items-center gap-3 rounded-control px-3 hover:bg-accent"
                  >
                    <Icon aria-hidden size={20} strokeWidth={1.75} className="shrink-0" />
                    {i18n._(label)}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </>
  );
}
