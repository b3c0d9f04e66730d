import { useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../../api/call';
import { allOf } from '../../api/query';
import { listVCenters, testVCenter } from '../../api/routes';
import { Button, ButtonLink } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { SelectField } from '../../ui/field';
import { ProblemNote } from '../../ui/problem-note';
import { Skeleton } from '../../ui/skeleton';

/** The tenant's vCenters by id, for lists that say where something is. */
export function useVCenterNames(): (id: string) => string {
  const { data } = useQuery(allOf(listVCenters, {}));
  return (id) => data?.find((one) => one.id === id)?.name ?? '…';
}

/**
 * Which vCenter, then which of the things that a look into it found. A template that is offered already is left out; a
 * network may be offered twice, with DHCP and with a range.
 */
export function FoundInVCenter({
  kind,
  vcenterId,
  value,
  offered,
  fault,
  onVCenter,
  onChange,
}: {
  kind: 'templates' | 'networks';
  vcenterId: string;
  value: string;
  offered: readonly { readonly vcenterId: string; readonly vcenterName: string }[];
  fault: string | undefined;
  onVCenter: (id: string) => void;
  onChange: (name: string) => void;
}) {
  const { t } = useLingui();
  const vcenters = useQuery(allOf(listVCenters, {}));
  const chosen = vcenterId || vcenters.data?.[0]?.id;
  const { mutate: look, ...test } = useMutation({ mutationFn: (id: string) => call(testVCenter, { id }) });
  useEffect(() => {
    if (!chosen) return;
    if (!vcenterId) onVCenter(chosen);
    look(chosen);
  }, [chosen, look, vcenterId, onVCenter]);
  if (vcenters.error) return <ProblemNote error={vcenters.error} onRetry={() => void vcenters.refetch()} />;
  if (vcenters.data?.length === 0) {
    return (
      <Empty action={<ButtonLink to="/administration/vcenter">{t`Connect vCenter`}</ButtonLink>}>
        {t`There is no vCenter to look into.`}
      </Empty>
    );
  }
  const taken = new Set(
    kind === 'templates' ? offered.filter((one) => one.vcenterId === chosen).map((one) => one.vcenterName) : [],
  );
  const names = test.data?.[kind].filter((name) => !taken.has(name));
  return (
    <>
      {vcenters.data && vcenters.data.length > 1 ? (
        <SelectField
          id="vcenterId"
          label="vCenter"
          value={chosen ?? ''}
          options={vcenters.data}
          fault={undefined}
          onChange={onVCenter}
        />
      ) : null}
      {test.error ? <ProblemNote error={test.error} onRetry={() => chosen && look(chosen)} /> : null}
      {test.isPending || !vcenters.data ? (
        <div>
          <p className="text-muted-foreground">{t`Looking into vCenter …`}</p>
          <Skeleton lines={1} />
        </div>
      ) : null}
      {test.data && !test.data.ok ? (
        <p className="text-warn">{t`Not all checks of this vCenter passed; it may show less than it has.`}</p>
      ) : null}
      {names?.length === 0 ? (
        <div className="flex flex-wrap items-center gap-3">
          <p>{kind === 'templates' ? t`vCenter shows no further template.` : t`vCenter shows no further network.`}</p>
          <Button onClick={() => chosen && look(chosen)}>{t`Look again`}</Button>
        </div>
      ) : null}
      {names && names.length > 0 ? (
        <SelectField
          id="vcenterName"
          label={kind === 'templates' ? t`Template in vCenter` : t`Network in vCenter`}
          value={value}
          options={[{ id: '', name: t`Please choose` }, ...names.map((name) => ({ id: name, name }))]}
          fault={fault}
          onChange={onChange}
        />
      ) : null}
    </>
  );
}
