import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { allOf, answerTo } from '../../api/query';
import { listQuota, reviewProject } from '../../api/routes';
import { Asked } from '../../ui/asked';
import { count } from '../../words/format';
import { isTight, quotaDimensions, quotaOrder } from '../../words/quota';
import type { Case } from './case';

/** What the request does to the quota; it has been reserved since it was submitted, so "before" is without it. */
export function QuotaEffect({ vm }: Pick<Case, 'vm'>) {
  const { t, i18n } = useLingui();
  const answer = useQuery(allOf(listQuota, {}));
  const own = { vms: 1, vcpus: vm.size.vcpus, memoryMiB: vm.size.memoryMiB, diskGiB: vm.size.diskGiB };
  return (
    <Asked answer={answer} lines={4}>
      {(quotas) => {
        const limited = quotas
          .filter(({ projectId }) => projectId === null || projectId === vm.project.id)
          .flatMap(({ limits, ...quota }) => (limits ? [{ ...quota, limits }] : []))
          .sort((one) => (one.projectId ? -1 : 1));
        if (limited.length === 0) return t`No limit applies.`;
        return (
          <>
            <table className="text-dense">
              <thead className="text-left text-small text-muted-foreground">
                <tr>
                  <td />
                  {limited.map(({ projectId }) => (
                    <th key={projectId} scope="col" className="pr-6 font-normal">
                      {projectId ? t`Project` : t`Tenant`}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {quotaOrder.map((dimension) => {
                  const { word, show } = quotaDimensions[dimension];
                  return (
                    <tr key={dimension}>
                      <th scope="row" className="pr-4 text-left align-top font-normal">
                        {i18n._(word)}
                      </th>
                      {limited.map(({ projectId, used, reserved, limits }) => {
                        const after = used[dimension] + reserved[dimension];
                        const tight = isTight(after, limits[dimension]);
                        const [was, is, most] = [show(after - own[dimension]), show(after), show(limits[dimension])];
                        return (
                          <td key={projectId} className={tight ? 'pr-6 align-top text-warn' : 'pr-6 align-top'}>
                            {t`${was} → ${is} of ${most}`}
                            {tight ? ` · ${t`tight`}` : null}
                          </td>
                        );
                      })}
                    </tr>
                  );
                })}
              </tbody>
            </table>
            <p className="text-small text-muted-foreground">{t`Reserved since it was submitted; free again if rejected.`}</p>
          </>
        );
      }}
    </Asked>
  );
}

export function ProjectHistory({ id }: { id: string }) {
  const { t } = useLingui();
  const answer = useQuery(answerTo(reviewProject, { id }));
  return (
    <Asked answer={answer} lines={1}>
      {({ granted, automatic, rejected, open }) => {
        const [yes, itself, no, left] = [count(granted), count(automatic), count(rejected), count(open)];
        if (granted + rejected === 0) return <p>{t`Nothing was decided in this project yet; ${left} open.`}</p>;
        return <p>{t`${yes} approved (${itself} of them by the policy itself), ${no} rejected, ${left} open.`}</p>;
      }}
    </Asked>
  );
}
