import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { allOf, useChange } from '../../api/query';
import type { Entry } from '../../api/route';
import { listVCenters, testVCenter } from '../../api/routes';
import { useHasRole } from '../../app/session';
import { Asked } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Moment } from '../../ui/moment';
import { Page, Section } from '../../ui/page';
import { Panel } from '../../ui/panel';
import { ProblemNote } from '../../ui/problem-note';
import { StatusBadge } from '../../ui/status-badge';
import { count } from '../../words/format';
import { vcenterStatusOf } from '../../words/status';
import { ConnectionChecks } from './connection-checks';
import { VCenterForm } from './vcenter-form';

type VCenter = Entry<typeof listVCenters>;

/** Where the tenant's VMs are made: how it stands, what is wrong with it, and how to change it. */
export function VCenterPage() {
  const { t } = useLingui();
  const administers = useHasRole('tenant-admin');
  const [connecting, setConnecting] = useState(false);
  const answer = useQuery(allOf(listVCenters, {}));
  const connect = administers ? (
    <Button look={answer.data?.length ? 'outline' : 'primary'} onClick={() => setConnecting(true)}>
      {t`Connect vCenter`}
    </Button>
  ) : null;
  return (
    <Page title="vCenter" action={connecting ? null : connect}>
      {connecting ? (
        <Panel title={t`Connect vCenter`}>
          <VCenterForm vcenter={undefined} onClose={() => setConnecting(false)} />
        </Panel>
      ) : null}
      <Asked answer={answer} lines={8}>
        {(vcenters) =>
          vcenters.length === 0 && !connecting ? (
            <Empty action={connect}>{t`No vCenter yet. VMs can be made once one is connected.`}</Empty>
          ) : (
            vcenters.map((vcenter) => <Connected key={vcenter.id} vcenter={vcenter} />)
          )
        }
      </Asked>
    </Page>
  );
}

function Connected({ vcenter }: { vcenter: VCenter }) {
  const { t } = useLingui();
  const administers = useHasRole('tenant-admin');
  const [changing, setChanging] = useState(false);
  const test = useChange(testVCenter, [listVCenters]);
  const facts: [string, string][] = [
    [t`Address`, `${vcenter.host}:${vcenter.port}`],
    [t`User`, vcenter.username],
    [t`Certificate`, vcenter.certificate ? t`the one that was entered` : t`as the system trusts it`],
    [t`Datacenter`, vcenter.datacenter],
    [t`Resource pool`, vcenter.resourcePool],
    [t`Datastore`, vcenter.datastore],
    [t`VM folder`, vcenter.folder],
    [t`Clones at a time`, count(vcenter.maxClones)],
  ];
  return (
    <Section title={vcenter.name}>
      <p className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1">
        <StatusBadge status={vcenterStatusOf(vcenter)} />
        {vcenter.awaySince ? (
          <span>
            {t`since`} <Moment at={vcenter.awaySince} relative={false} />
          </span>
        ) : null}
        {vcenter.lastSeenAt ? (
          <span className="text-muted-foreground">
            {t`Last answer`} <Moment at={vcenter.lastSeenAt} />
          </span>
        ) : null}
      </p>
      {changing ? (
        <Panel title={t`Change ${vcenter.name}`}>
          <VCenterForm vcenter={vcenter} onClose={() => setChanging(false)} />
        </Panel>
      ) : (
        <dl className="mb-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted-foreground">{name}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {administers && !changing ? (
        <div className="mb-4 flex flex-wrap gap-3">
          <Button look="primary" busy={test.isPending} onClick={() => test.mutate({ id: vcenter.id })}>
            {test.isPending ? t`Being checked …` : t`Check connection`}
          </Button>
          <Button onClick={() => setChanging(true)}>{t`Change`}</Button>
        </div>
      ) : null}
      {test.error ? <ProblemNote error={test.error} onRetry={() => test.mutate({ id: vcenter.id })} /> : null}
      {test.data ? <ConnectionChecks result={test.data} /> : null}
    </Section>
  );
}
