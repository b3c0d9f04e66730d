import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { allOf, answerTo } from '../../api/query';
import { getPolicyVersion, listPolicies, listProjects } from '../../api/routes';
import { NotFound } from '../../app/not-found';
import { useHasRole } from '../../app/session';
import { Asked } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Page, Section } from '../../ui/page';
import { count } from '../../words/format';
import type { Policy } from './approver-words';
import { PolicyForm } from './policy-form';
import { PolicySentence } from './policy-sentence';
import { useCurrency } from './use-currency';

const route = getRouteApi('/administration/policies/$id');

/** The policy in force as a sentence, the next version as a form, and every version before, as it was. */
export function PolicyPage() {
  const { t } = useLingui();
  const { id } = route.useParams();
  const policies = useQuery(allOf(listPolicies, {}));
  const projects = useQuery(allOf(listProjects, {}));
  const policy = policies.data?.find((one) => one.id === id);
  if (policies.data && !policy) return <NotFound />;
  return (
    <Page
      key={policy ? 'shown' : 'waiting'}
      title={policy?.name ?? t`Policy`}
      back={{ to: '/administration/policies', label: t`Policies` }}
      facts={
        policy
          ? [
              policy.projectId === null
                ? t`for the whole tenant`
                : (projects.data?.find((one) => one.id === policy.projectId)?.name ?? '…'),
              t`version ${count(policy.version)} in force`,
            ].join(' · ')
          : undefined
      }
    >
      <Asked answer={policies} lines={8}>
        {() => (policy ? <Shown key={policy.version} policy={policy} /> : null)}
      </Asked>
    </Page>
  );
}

function Shown({ policy }: { policy: Policy }) {
  const { t } = useLingui();
  const administers = useHasRole('tenant-admin');
  const currency = useCurrency();
  const [changing, setChanging] = useState(false);
  const next = count(policy.version + 1);
  return (
    <>
      <Section
        title={t`In force`}
        action={
          administers && !changing ? (
            <Button look="primary" onClick={() => setChanging(true)}>{t`Write a new version`}</Button>
          ) : null
        }
      >
        <PolicySentence rules={policy} currency={currency} />
      </Section>
      {changing ? (
        <Section title={t`Version ${next}`}>
          <PolicyForm policy={policy} onDone={() => setChanging(false)} onLeave={() => setChanging(false)} />
        </Section>
      ) : null}
      <Section title={t`Earlier versions`}>
        {policy.version === 1 ? (
          <p className="text-muted-foreground">{t`This is the first version.`}</p>
        ) : (
          <ul className="divide-y divide-border border-y border-border">
            {Array.from({ length: policy.version - 1 }, (_, index) => policy.version - 1 - index).map((version) => (
              <Earlier key={version} id={policy.id} version={version} currency={currency} />
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}

/** Asked for when it is opened; a version never changes, so once is enough. */
function Earlier({ id, version, currency }: { id: string; version: number; currency: string }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const answer = useQuery({
    ...answerTo(getPolicyVersion, { id, version }),
    enabled: open,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)} className="py-1">
        <summary className="min-h-8 py-1 text-primary">{t`Version ${count(version)}`}</summary>
        {open ? (
          <div className="py-2 pl-4">
            <Asked answer={answer} lines={3}>
              {(rules) => (
                <>
                  <p className="font-semibold break-words">{rules.name}</p>
                  <PolicySentence rules={rules} currency={currency} />
                </>
              )}
            </Asked>
          </div>
        ) : null}
      </details>
    </li>
  );
}

/** A policy for the tenant or for a project that has none yet. */
export function NewPolicyPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const policies = useQuery(allOf(listPolicies, {}));
  const projects = useQuery(allOf(listProjects, {}));
  return (
    <Page title={t`Create policy`} back={{ to: '/administration/policies', label: t`Policies` }}>
      <Asked answer={policies} lines={8}>
        {(found) => (
          <Asked answer={projects} lines={8}>
            {(all) => {
              const taken = new Set(found.map(({ projectId }) => projectId));
              const places = [
                ...(taken.has(null) ? [] : [{ id: '', name: t`the whole tenant` }]),
                ...all.filter(({ id }) => !taken.has(id)),
              ];
              return places.length === 0 ? (
                <Empty>{t`The tenant and every project have a policy. Write a new version of one instead.`}</Empty>
              ) : (
                <PolicyForm
                  policy={undefined}
                  places={places}
                  onDone={({ id }) => void navigate({ to: '/administration/policies/$id', params: { id } })}
                />
              );
            }}
          </Asked>
        )}
      </Asked>
    </Page>
  );
}
