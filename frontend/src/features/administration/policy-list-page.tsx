import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { allOf } from '../../api/query';
import { listPolicies, listProjects } from '../../api/routes';
import { useHasRole } from '../../app/session';
import { Asked } from '../../ui/asked';
import { ButtonLink } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Page } from '../../ui/page';
import { count } from '../../words/format';
import { PolicySentence } from './policy-sentence';
import { useCurrency } from './use-currency';

/** Who must approve what: the tenant's policy, and those of projects that have their own. */
export function PolicyListPage() {
  const { t } = useLingui();
  const administers = useHasRole('tenant-admin');
  const currency = useCurrency();
  const policies = useQuery(allOf(listPolicies, {}));
  const projects = useQuery(allOf(listProjects, {}));
  const define = administers ? (
    <ButtonLink to="/administration/policies/new" look="primary">{t`Create policy`}</ButtonLink>
  ) : null;
  return (
    <Page title={t`Policies`} facts={t`A project without its own policy follows that of the tenant.`} action={define}>
      <Asked answer={policies} lines={6}>
        {(found) =>
          found.length === 0 ? (
            <Empty action={define}>
              {t`No policy yet. Until there is one, an approver of the tenant or a project lead decides on each request.`}
            </Empty>
          ) : (
            <ul className="divide-y divide-border rounded-panel border border-border bg-card">
              {found.map((policy) => (
                <li key={policy.id} className="p-4">
                  <p className="mb-2 flex flex-wrap items-baseline gap-x-3">
                    <Link
                      to="/administration/policies/$id"
                      params={{ id: policy.id }}
                      className="min-w-0 font-semibold break-words text-primary hover:underline"
                    >
                      {policy.name}
                    </Link>
                    <span className="text-muted-foreground">
                      {policy.projectId === null
                        ? t`for the whole tenant`
                        : (projects.data?.find(({ id }) => id === policy.projectId)?.name ?? '…')}
                      {' · '}
                      {t`version ${count(policy.version)} in force`}
                    </span>
                  </p>
                  <PolicySentence rules={policy} currency={currency} />
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
    </Page>
  );
}
