import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { pagesOf, useChange } from '../../api/query';
import type { Entry } from '../../api/route';
import { listTenants, resumeTenant } from '../../api/routes';
import { useHasRole } from '../../app/session';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Page } from '../../ui/page';
import { Pages } from '../../ui/pages';
import { ProblemNote } from '../../ui/problem-note';
import { StatusBadge } from '../../ui/status-badge';
import { tenantStatus } from '../../words/status';
import { NewTenant } from './new-tenant';
import { Removals } from './removals';
import { RemoveTenant } from './remove-tenant';
import { SuspendTenant } from './suspend-tenant';

type Tenant = Entry<typeof listTenants>;

const route = getRouteApi('/platform/tenants');

export function TenantsPage() {
  const { t } = useLingui();
  const mayManage = useHasRole('platform-admin');
  const { create } = route.useSearch();
  const navigate = route.useNavigate();
  const [made, setMade] = useState<{ name: string; email: string }>();
  const answer = useInfiniteQuery(pagesOf(listTenants, {}));
  const open = (shown: boolean) => void navigate({ search: shown ? { create: 'yes' } : {} });
  return (
    <Page
      title={t`Tenants`}
      facts={t`You see no tenant's content: no requests, no machines, no people.`}
      action={
        mayManage && !create ? (
          <Button look="primary" onClick={() => open(true)}>
            {t`Create tenant`}
          </Button>
        ) : null
      }
    >
      {create ? (
        <NewTenant
          onDone={(tenant) => {
            setMade(tenant);
            announce(t`${tenant.name} is created.`);
            open(false);
          }}
          onKeep={() => open(false)}
        />
      ) : null}
      {made ? (
        <p className="mb-4 max-w-[68ch] rounded-panel border border-border bg-ok-tint p-4 text-ok">
          {t`${made.name} is created. Whoever signs in with the verified address ${made.email} becomes its administrator. DVMM sends no mail for that: tell them.`}
        </p>
      ) : null}
      <Pages
        answer={answer}
        lines={4}
        empty={create ? null : <Empty>{t`No tenants yet. Create the first, and name its administrator.`}</Empty>}
      >
        {(items) => (
          <table className="w-full border-collapse max-md:block">
            <caption className="sr-only">{t`Tenants, by name`}</caption>
            <thead className="border-b border-border bg-muted text-left max-md:sr-only">
              <tr>
                <th className="px-3 py-2">{t`Name`}</th>
                <th className="px-3 py-2">{t`Short name`}</th>
                <th className="px-3 py-2">{t`Status`}</th>
                <th className="px-3 py-2 text-right">{t`Actions`}</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-border max-md:block">
              {items.map((tenant) => (
                <tr
                  key={tenant.id}
                  className="hover:bg-accent max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:py-2"
                >
                  <th scope="row" className="px-3 py-2 text-left break-words max-md:w-full max-md:py-0">
                    {tenant.name}
                  </th>
                  <td className="px-3 py-2 font-mono text-small max-md:py-0">{tenant.slug}</td>
                  <td className="px-3 py-2 max-md:py-0">
                    <StatusBadge status={tenantStatus[tenant.active ? 'open' : 'suspended']} plain />
                  </td>
                  <td className="px-3 py-2 text-right max-md:ml-auto max-md:py-0">
                    {mayManage ? (
                      <>
                        {tenant.active ? <SuspendTenant tenant={tenant} /> : <Resume tenant={tenant} />}
                        <RemoveTenant tenant={tenant} />
                      </>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Pages>
      {mayManage ? <Removals /> : null}
    </Page>
  );
}

/** Harmless, so it is done at once. */
function Resume({ tenant }: { tenant: Tenant }) {
  const { t } = useLingui();
  const resume = useChange(resumeTenant, [listTenants]);
  const { name } = tenant;
  return (
    <>
      <Button
        busy={resume.isPending}
        onClick={() => resume.mutate({ id: tenant.id }, { onSuccess: () => announce(t`${name} is open again.`) })}
      >
        {t`Open again`} <span className="sr-only">{name}</span>
      </Button>
      {resume.error ? <ProblemNote error={resume.error} /> : null}
    </>
  );
}
