import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { allOf, answerTo } from '../../api/query';
import type { Answered } from '../../api/route';
import { listQuota, reportMachines } from '../../api/routes';
import { useMe } from '../../app/session';
import { Asked } from '../../ui/asked';
import { Empty } from '../../ui/empty';
import { SelectFilter } from '../../ui/filters';
import { ListCsv } from '../../ui/list-csv';
import { Page, Section } from '../../ui/page';
import { PrintButton, PrintNote } from '../../ui/print-note';
import { QuotaBars } from '../../ui/quota-bar';
import { costByCurrency, count, diskSize, exactMoment, gigabytes, money, totalCost } from '../../words/format';
import { DayChart } from './day-chart';

type Report = Answered<typeof reportMachines>;

const route = getRouteApi('/evidence/reports');
const spans = [30, 90, 365];

/** What machines cost and take up: now by project, and day by day. */
export function ReportsPage() {
  const { t } = useLingui();
  const { tenant } = useMe();
  const { days: chosen } = route.useSearch();
  const days = spans.find((span) => span === chosen) ?? 90;
  const answer = useQuery(answerTo(reportMachines, { days }));
  return (
    <Page title={t`Reports`} tools={<PrintButton />}>
      <PrintNote tenant={tenant.name} />
      <Asked answer={answer} lines={12}>
        {(report) => (
          <>
            <Costs report={report} />
            <Utilisation report={report} days={days} />
          </>
        )}
      </Asked>
      <Quotas />
    </Page>
  );
}

function Costs({ report }: { report: Report }) {
  const { t } = useLingui();
  const { projects, asOf } = report;
  const asOfTime = exactMoment(asOf);
  const inAll = totalCost(projects);
  const most = projects[0];
  const total = most ? (costByCurrency(projects).get(most.currency) ?? 0) : 0;
  const share = most && total > 0 ? Math.round((most.monthlyCostCents / total) * 100) : 0;
  return (
    <Section
      title={t`Cost by project`}
      action={
        <ListCsv
          name="costs"
          ask={() => Promise.resolve({ items: projects, nextCursor: null })}
          head={[
            t`Project`,
            t`Machines`,
            t`Powered on`,
            t`vCPU`,
            t`Memory, GB`,
            t`Disk, GB`,
            t`Price a month`,
            t`Currency`,
            t`As of`,
          ]}
          row={(one) => [
            one.project.name,
            one.machines,
            one.poweredOn,
            one.vcpus,
            one.memoryMiB / 1024,
            one.diskGiB,
            one.monthlyCostCents / 100,
            one.currency,
            asOf,
          ]}
        />
      }
    >
      {most ? (
        <>
          <p className="mb-3">
            {t`${inAll} a month in all.`} {projects.length > 1 ? t`${most.project.name} costs ${share} % of it.` : null}{' '}
            <span className="text-muted-foreground">{t`As of ${asOfTime}; prices as they were when asked for.`}</span>
          </p>
          <table className="w-full border-collapse text-dense max-md:block">
            <caption className="sr-only">{t`Cost by project`}</caption>
            <thead className="border-b border-border bg-muted text-left max-md:sr-only">
              <tr>
                <th className="px-3 py-2">{t`Project`}</th>
                <th className="px-3 py-2 text-right">{t`Machines`}</th>
                <th className="px-3 py-2 text-right">{t`vCPU`}</th>
                <th className="px-3 py-2 text-right">{t`Memory`}</th>
                <th className="px-3 py-2 text-right">{t`Disk`}</th>
                <th className="px-3 py-2 text-right">{t`a month`}</th>
                <th className="w-1/4 px-3 py-2">
                  <span className="sr-only">{t`Share`}</span>
                </th>
              </tr>
            </thead>
            <tbody className="divide-y divide-border max-md:block">
              {projects.map((one) => {
                const part = total > 0 && one.currency === most.currency ? one.monthlyCostCents / total : 0;
                return (
                  <tr
                    key={`${one.project.id} ${one.currency}`}
                    className="hover:bg-accent max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:py-2"
                  >
                    <th scope="row" className="px-3 py-1 text-left max-md:w-full max-md:py-0">
                      <Link
                        to="/machines"
                        search={{ project: one.project.id }}
                        className="inline-flex min-h-6 items-center break-words text-primary hover:underline"
                      >
                        {one.project.name}
                      </Link>
                    </th>
                    <td className="px-3 py-1 text-right max-md:py-0">
                      <span className="max-md:hidden">{count(one.machines)}</span>
                      <span className="md:hidden">{t`${plural(one.machines, { one: '# machine', other: '# machines' })}`}</span>
                    </td>
                    <td className="px-3 py-1 text-right max-md:hidden">{count(one.vcpus)}</td>
                    <td className="px-3 py-1 text-right max-md:hidden">{gigabytes(one.memoryMiB)}</td>
                    <td className="px-3 py-1 text-right max-md:hidden">{diskSize(one.diskGiB)}</td>
                    <td className="px-3 py-1 text-right whitespace-nowrap max-md:py-0">
                      {money(one.monthlyCostCents, one.currency)}
                    </td>
                    <td className="px-3 py-1 max-md:w-full">
                      <svg aria-hidden="true" viewBox="0 0 100 8" preserveAspectRatio="none" className="h-2 w-full">
                        <rect width={part * 100} height="8" className="fill-chart-1" />
                      </svg>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </>
      ) : (
        <Empty>{t`No machines yet. Their cost appears here once a request is ready.`}</Empty>
      )}
    </Section>
  );
}

function Utilisation({ report, days }: { report: Report; days: number }) {
  const { t } = useLingui();
  const { measure: chosen } = route.useSearch();
  const navigate = route.useNavigate();
  const measures = {
    machines: { word: t`Machines`, show: count, of: (day: Report['days'][number]) => day.machines },
    vcpus: { word: t`vCPU`, show: count, of: (day: Report['days'][number]) => day.vcpus },
    memory: { word: t`Memory`, show: gigabytes, of: (day: Report['days'][number]) => day.memoryMiB },
    disk: { word: t`Disk`, show: diskSize, of: (day: Report['days'][number]) => day.diskGiB },
  };
  const name = chosen && chosen in measures ? (chosen as keyof typeof measures) : 'machines';
  const { word, show, of } = measures[name];
  return (
    <Section
      title={t`Machines over time`}
      action={
        <ListCsv
          name="machines-by-day"
          ask={() => Promise.resolve({ items: report.days, nextCursor: null })}
          head={[t`Day`, t`Machines`, t`vCPU`, t`Memory, GB`, t`Disk, GB`]}
          row={(one) => [one.day, one.machines, one.vcpus, one.memoryMiB / 1024, one.diskGiB]}
        />
      }
    >
      <div className="mb-4 flex flex-wrap gap-4 print:hidden">
        <SelectFilter
          label={t`Measure`}
          value={name}
          onChoose={(measure) =>
            void navigate({ search: (old) => ({ ...old, measure }) as typeof old, replace: true, resetScroll: false })
          }
        >
          {Object.entries(measures).map(([key, one]) => (
            <option key={key} value={key}>
              {one.word}
            </option>
          ))}
        </SelectFilter>
        <SelectFilter
          label={t`Time span`}
          value={String(days)}
          onChoose={(span) =>
            void navigate({
              search: (old) => ({ ...old, days: Number(span) }) as typeof old,
              replace: true,
              resetScroll: false,
            })
          }
        >
          {spans.map((span) => (
            <option key={span} value={span}>
              {t`${span} days`}
            </option>
          ))}
        </SelectFilter>
      </div>
      <DayChart days={report.days.map((day) => ({ day: day.day, amount: of(day) }))} word={word} show={show} />
    </Section>
  );
}

function Quotas() {
  const { t } = useLingui();
  const answer = useQuery(allOf(listQuota, {}));
  return (
    <Section title={t`Quota in use`}>
      <Asked answer={answer}>
        {(items) => (
          <div className="grid gap-x-10 gap-y-4 sm:grid-cols-2 xl:grid-cols-3">
            {items.map((quota) => (
              <div key={quota.projectId ?? 'tenant'}>
                <h3 className="font-semibold break-words">{quota.projectName ?? t`Whole tenant`}</h3>
                <QuotaBars quota={quota} />
              </div>
            ))}
          </div>
        )}
      </Asked>
    </Section>
  );
}
