import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { type LinkProps, useLocation } from '@tanstack/react-router';
import {
  BadgeCheck,
  Building2,
  ChartColumn,
  Disc3,
  FileText,
  FolderOpen,
  Gauge,
  Gavel,
  House,
  type LucideIcon,
  Mail,
  MailCheck,
  Network,
  Palette,
  Plug,
  Ruler,
  Scale,
  ScrollText,
  Server,
  Type,
  Users,
  Workflow,
} from 'lucide-react';
import { type Role, useMe } from './session';

interface Place {
  readonly to: LinkProps['to'];
  readonly icon: LucideIcon;
  readonly label: MessageDescriptor;
  /** Where a long word may break in the bar of a phone: browsers have no German hyphenation on every system. */
  readonly narrow?: MessageDescriptor;
  /** The key that leads there after `g`. */
  readonly afterG?: string;
  /** Words that find it in the palette too, such as those of the other language. */
  readonly also?: string;
}

interface Group {
  readonly heading: MessageDescriptor;
  /** Who sees it; absent: everybody. */
  readonly roles?: readonly Role[];
  readonly places: readonly (Place & { readonly roles?: readonly Role[] })[];
}

const inTenants: readonly Role[] = ['user', 'approver', 'tenant-admin', 'auditor'];

/** Groups appear with the role and add up; there is no switching of roles. */
const groups: readonly Group[] = [
  {
    heading: msg`My work`,
    places: [
      { to: '/', icon: House, label: msg`Home`, afterG: 's', also: 'start home' },
      {
        to: '/requests',
        icon: FileText,
        label: msg`Requests`,
        afterG: 'a',
        also: 'anträge requests',
        roles: inTenants,
      },
      {
        to: '/machines',
        icon: Server,
        label: msg`Machines`,
        afterG: 'm',
        also: 'maschinen machines vm power',
        roles: inTenants,
      },
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
        narrow: msg({ message: 'Approvals', context: 'narrow' }),
        afterG: 'g',
        also: 'genehmigungen approvals warteschlange queue',
      },
    ],
  },
  {
    heading: msg`Manage`,
    roles: ['tenant-admin', 'auditor'],
    places: [
      { to: '/administration/projects', icon: FolderOpen, label: msg`Projects`, also: 'projekte projects' },
      { to: '/administration/people', icon: Users, label: msg`People`, also: 'personen rollen people roles members' },
      { to: '/administration/policies', icon: Scale, label: msg`Policies`, also: 'richtlinien policies' },
      { to: '/administration/quotas', icon: Gauge, label: msg`Quotas`, also: 'kontingente quotas grenzen limits' },
      { to: '/administration/sizes', icon: Ruler, label: msg`Sizes`, also: 'größen sizes preise prices' },
      { to: '/administration/templates', icon: Disc3, label: msg`Templates`, also: 'vorlagen templates' },
      { to: '/administration/networks', icon: Network, label: msg`Networks`, also: 'netze networks' },
      { to: '/administration/naming', icon: Type, label: msg`Naming rule`, also: 'namensregel naming names namen' },
      {
        to: '/administration/runs',
        icon: Workflow,
        label: msg`Provisioning`,
        also: 'bereitstellung provisioning runs',
      },
      { to: '/administration/vcenter', icon: Plug, label: msg`vCenter`, also: 'vcenter verbindung connection' },
      {
        to: '/administration/branding',
        icon: Palette,
        label: msg`Branding`,
        also: 'erscheinungsbild branding logo farbe colour',
        roles: ['tenant-admin'],
      },
      { to: '/administration/mail', icon: Mail, label: msg`Mail`, also: 'mail smtp' },
    ],
  },
  {
    heading: msg`Evidence`,
    roles: ['auditor', 'tenant-admin'],
    places: [
      {
        to: '/evidence/audit',
        icon: ScrollText,
        label: msg`Audit trail`,
        afterG: 'p',
        also: 'audit durchsuchen search trail',
      },
      { to: '/evidence/decisions', icon: Gavel, label: msg`Decisions`, also: 'entscheidungen decisions' },
      { to: '/evidence/reports', icon: ChartColumn, label: msg`Reports`, also: 'berichte reports kosten cost' },
      {
        to: '/evidence/deliveries',
        icon: MailCheck,
        label: msg`Mail deliveries`,
        also: 'mails mail zustellung deliveries',
      },
    ],
  },
  {
    heading: msg`Platform`,
    roles: ['platform-admin'],
    places: [{ to: '/platform/tenants', icon: Building2, label: msg`Tenants`, also: 'mandanten tenants' }],
  },
];

/** Whether these groups or places are for somebody: without roles they are for everybody. */
function useMine() {
  const { roles } = useMe();
  return ({ roles: needed }: { readonly roles?: readonly Role[] }) =>
    !needed || needed.some((role) => roles.includes(role));
}

export function useGroups(): readonly Group[] {
  const mine = useMine();
  return groups
    .filter(mine)
    .map((group) => ({ ...group, places: group.places.filter(mine) }))
    .filter(({ places }) => places.length > 0);
}

/** Whether this page is for others: what somebody may not see is not drawn and then refused part by part. */
export function useIsForOthers(): boolean {
  const mine = useMine();
  const path = useLocation({ select: ({ pathname }) => pathname });
  return groups.some((group) => group.places.some((place) => place.to === path && !(mine(group) && mine(place))));
}
