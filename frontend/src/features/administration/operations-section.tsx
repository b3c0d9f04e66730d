import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { allOf, answerTo } from '../../api/query';
import { listRuns, listVCenters, reportMachines } from '../../api/routes';
import { Asked } from '../../ui/asked';
import { Moment } from '../../ui/moment';
import { Section } from '../../ui/page';
import { StatusBadge } from '../../ui/status-badge';
import { count, diskSize, gigabytes, totalCost } from '../../words/format';
import { vcenterStatusOf } from '../../words/status';
import { needsAttention } from './needs-attention';

/** How the tenant's operation stands, for its administrator's home: failures, vCenter, use, cost. */
export function OperationsSection() {
  const { t } = useLingui();
  return (
    <Section title={t`Operation`}>
      <dl className="divide-y divide-border rounded-panel border border-border bg-card">
        <Failures />
        <VCenters />
        <UseAndCost />
      </dl>
    </Section>
  );
}

function Failures() {
  const { t } = useLingui();
  const answer = useQuery(answerTo(listRuns, {}));
  return (
    <Line name={<Link to="/administration/runs" className="text-primary hover:underline">{t`Provisioning`}</Link>}>
      <Asked answer={answer} lines={1}>
        {({ items }) => {
          const waiting = items.filter(needsAttention).length; // Those come first, so a page of them says enough.
          return waiting === 0
            ? t`Nothing needs attention.`
            : t`${plural(waiting, { one: '# machine needs attention', other: '# machines need attention' })}`;
        }}
      </Asked>
    </Line>
  );
}

function VCenters() {
  const { t } = useLingui();
  const answer = useQuery(allOf(listVCenters, {}));
  return (
    <Line
      name={
        <Link to="/administration/vcenter" className="text-primary hover:underline">
          vCenter
        </Link>
      }
    >
      <Asked answer={answer} lines={1}>
        {(vcenters) =>
          vcenters.length === 0
            ? t`No vCenter yet. VMs can be made once one is connected.`
            : vcenters.map((vcenter) => (
                <span key={vcenter.id} className="flex flex-wrap items-center gap-x-3">
                  <span className="break-words">{vcenter.name}</span>
                  <StatusBadge status={vcenterStatusOf(vcenter)} plain />
                  {vcenter.awaySince ? (
                    <span className="text-muted-foreground">
                      {t`since`} <Moment at={vcenter.awaySince} relative={false} />
                    </span>
                  ) : null}
                </span>
              ))
        }
      </Asked>
    </Line>
  );
}

function UseAndCost() {
  const { t } = useLingui();
  const answer = useQuery(answerTo(reportMachines, { days: 31 }));
  return (
    <>
      <Line name={<Link to="/evidence/reports" className="text-primary hover:underline">{t`Cost`}</Link>}>
        <Asked answer={answer} lines={1}>
          {({ projects }) => {
            const sums = totalCost(projects);
            const dearest = projects[0];
            if (!dearest) return t`Nothing yet: no machine runs.`;
            return projects.length > 1
              ? t`${sums} a month, most of it for ${dearest.project.name}`
              : t`${sums} a month, for ${dearest.project.name}`;
          }}
        </Asked>
      </Line>
      <Line name={t`Utilisation`}>
        <Asked answer={answer} lines={1}>
          {({ days }) => {
            const [now, then] = [days.at(-1), days[0]];
            if (!now || !then) return t`not known right now`;
            const [vcpus, memory, disk] = [count(now.vcpus), gigabytes(now.memoryMiB), diskSize(now.diskGiB)];
            const sizes = t`${vcpus} vCPU, ${memory} memory, ${disk} disk`;
            const machines = t`${plural(now.machines, { one: '# machine', other: '# machines' })}`;
            return t`${machines}, ${count(then.machines)} thirty days ago; ${sizes}`;
          }}
        </Asked>
      </Line>
    </>
  );
}

function Line({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="gap-x-4 px-4 py-2 sm:flex">
      <dt className="w-32 shrink-0 text-muted-foreground">{name}</dt>
      <dd className="min-w-0 grow">{children}</dd>
    </div>
  );
}
