import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { notLoaded } from '../api/call';
import { CannotShow } from './cannot-show';
import { NotFound } from './not-found';
import { Shell } from './shell';

/**
 * A page's file, loaded when it is opened. One that cannot be had is a fault of that page alone, in its frame and with a
 * retry: left to itself the router would load the whole document anew, which a gateway that is away does not answer.
 */
const page: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(
    () =>
      load().catch((cause: unknown) => {
        throw notLoaded(cause);
      }),
    name,
  );

/** Every page: its path, what its address may hold beside it, and the file that draws it, loaded when it is opened. */
const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: CannotShow });

const pages = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: page(() => import('./home'), 'Home'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/signed-in',
    component: page(() => import('./signed-in'), 'SignedIn'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/settings',
    component: page(() => import('../features/settings/settings-page'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/notifications',
    component: page(() => import('../features/notifications/notifications-page'), 'NotificationsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/requests',
    validateSearch: ({ state, project, name }: Record<string, unknown>) => texts({ state, project, name }),
    component: page(() => import('../features/requests/request-list-page'), 'RequestListPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/requests/new',
    validateSearch: ({ like }: Record<string, unknown>) => texts({ like }),
    component: page(() => import('../features/requests/new-request-page'), 'NewRequestPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/requests/$id',
    component: page(() => import('../features/requests/request-page'), 'RequestPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/approvals',
    validateSearch: ({ id, project }: Record<string, unknown>) => texts({ id, project }),
    component: page(() => import('../features/approvals/approvals-page'), 'ApprovalsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/approvals/decided',
    component: page(() => import('../features/approvals/decided-page'), 'DecidedPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/machines',
    validateSearch: ({ power, project, name, sort, order }: Record<string, unknown>) =>
      texts({ power, project, name, sort, order }),
    component: page(() => import('../features/machines/machine-list-page'), 'MachineListPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/machines/$id',
    component: page(() => import('../features/machines/machine-page'), 'MachinePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/administration/projects',
    component: page(() => import('../features/administration/project-list-page'), 'ProjectListPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/administration/projects/$id',
    component: page(() => import('../features/administration/project-page'), 'ProjectPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/administration/people',
    component: page(() => import('../features/administration/people-page'), 'PeoplePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/administration/sizes',
    component: page(() => import('../features/administration/sizes-page'), 'SizesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/administration/quotas',
    component: page(() => import('../features/administration/quotas-page'), 'QuotasPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/administration/templates',
    component: page(() => import('../features/administration/templates-page'), 'TemplatesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/administration/networks',
    component: page(() => import('../features/administration/networks-page'), 'NetworksPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/administration/policies',
    component: page(() => import('../features/administration/policy-list-page'), 'PolicyListPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/administration/policies/new',
    component: page(() => import('../features/administration/policy-page'), 'NewPolicyPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/administration/policies/$id',
    component: page(() => import('../features/administration/policy-page'), 'PolicyPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/administration/vcenter',
    component: page(() => import('../features/administration/vcenter-page'), 'VCenterPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/administration/mail',
    component: page(() => import('../features/administration/mail-page'), 'MailPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/administration/naming',
    component: page(() => import('../features/administration/naming-page'), 'NamingPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/administration/branding',
    component: page(() => import('../features/administration/branding-page'), 'BrandingPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/administration/runs',
    component: page(() => import('../features/administration/runs-page'), 'RunsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/evidence/audit',
    validateSearch: ({ who, what, object, from, to, entry }: Record<string, unknown>) => ({
      ...texts({ who, what, object, from, to }),
      ...numbers({ entry }),
    }),
    component: page(() => import('../features/evidence/audit-page'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/evidence/decisions',
    validateSearch: ({ outcome, order, from, to }: Record<string, unknown>) => texts({ outcome, order, from, to }),
    component: page(() => import('../features/evidence/decisions-page'), 'DecisionsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/evidence/reports',
    validateSearch: ({ days, measure }: Record<string, unknown>) => ({ ...texts({ measure }), ...numbers({ days }) }),
    component: page(() => import('../features/evidence/reports-page'), 'ReportsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/evidence/deliveries',
    validateSearch: ({ state }: Record<string, unknown>) => texts({ state }),
    component: page(() => import('../features/evidence/deliveries-page'), 'DeliveriesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/platform/tenants',
    validateSearch: ({ create }: Record<string, unknown>) => texts({ create }),
    component: page(() => import('../features/platform/tenants-page'), 'TenantsPage'),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren(pages),
  defaultErrorComponent: CannotShow,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** What stands in the address is text or absent; anything else is left out. */
function texts<Name extends string>(given: Record<Name, unknown>): { [N in Name]?: string } {
  const kept: { [N in Name]?: string } = {};
  for (const name in given) if (typeof given[name] === 'string') kept[name] = given[name];
  return kept;
}

/** Likewise for whole numbers, which then stand in the address without quotes. */
function numbers<Name extends string>(given: Record<Name, unknown>): { [N in Name]?: number } {
  const kept: { [N in Name]?: number } = {};
  for (const name in given) if (Number.isSafeInteger(given[name])) kept[name] = given[name] as number;
  return kept;
}
