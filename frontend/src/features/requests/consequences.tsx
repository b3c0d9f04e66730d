import { useLingui } from '@lingui/react/macro';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Answered } from '../../api/route';
import type { previewRequest } from '../../api/routes';
import { Skeleton } from '../../ui/skeleton';
import { count, list, moment, money, roughly } from '../../words/format';
import { isTight, quotaDimensions } from '../../words/quota';

type Preview = Answered<typeof previewRequest>;

/** What the request would mean, before it is sent. What is not known says so; nothing is guessed. */
export function Consequences({ preview }: { preview: UseQueryResult<Preview> }) {
  const { t } = useLingui();
  const { data } = preview;
  const unknown = t`not known right now; checked when you submit`;
  return (
    <aside aria-labelledby="consequences" aria-busy={preview.isFetching} className="self-start xl:sticky xl:top-18">
      <h2 id="consequences" className="mb-2 text-h3">
        {t`What this means`}
      </h2>
      {data ? (
        <div className={preview.isPlaceholderData ? 'opacity-70' : ''}>
          <Price size={data.size} unknown={unknown} />
          <Quotas quotas={data.quotas} unknown={unknown} />
          <Deciders approval={data.approval} unknown={unknown} />
          <VCenter vcenter={data.vcenter} unknown={unknown} />
        </div>
      ) : preview.error ? (
        <p>{unknown}</p>
      ) : (
        <Skeleton lines={5} />
      )}
    </aside>
  );
}

function Price({ size, unknown }: { size: Preview['size']; unknown: string }) {
  const { t } = useLingui();
  if (!size) return <p>{unknown}</p>;
  const cost = money(size.monthlyCostCents, size.currency);
  return <p className="mb-4 text-h2 font-semibold">{t`${cost} a month`}</p>;
}

function Quotas({ quotas, unknown }: { quotas: Preview['quotas']; unknown: string }) {
  const { t, i18n } = useLingui();
  if (!quotas) return <Line label={t`Quota`}>{unknown}</Line>;
  const limited = quotas.filter(({ limit }) => limit !== null);
  return (
    <div className="mb-4">
      <h3 className="font-semibold">{t`Quota`}</h3>
      {limited.length === 0 ? <p>{t`No limit applies.`}</p> : null}
      {(['project', 'tenant'] as const).map((scope) => {
        const lines = limited.filter((one) => one.scope === scope);
        if (lines.length === 0) return null;
        const heading = scope === 'project' ? t`Project` : t`Tenant`;
        return (
          <div key={scope} className="mb-2">
            <p className="text-small text-muted-foreground">{heading}</p>
            <ul aria-label={heading}>
              {lines.map(({ dimension, limit, before, after, fits }) => {
                const { word, show } = quotaDimensions[dimension];
                const tight = isTight(after, limit ?? 0);
                const [was, is, most] = [show(before), show(after), show(limit ?? 0)];
                return (
                  <li key={dimension} className={!fits ? 'font-semibold text-bad' : tight ? 'text-warn' : ''}>
                    {i18n._(word)} {t`${was} → ${is} of ${most}`}
                    {!fits ? ` · ${t`does not fit`}` : tight ? ` · ${t`tight`}` : null}
                  </li>
                );
              })}
            </ul>
          </div>
        );
      })}
    </div>
  );
}

function Deciders({ approval, unknown }: { approval: Preview['approval']; unknown: string }) {
  const { t } = useLingui();
  if (!approval) return <Line label={t`Approval`}>{unknown}</Line>;
  if (approval.automatic)
    return <Line label={t`Approval`}>{t`Approved by policy “${approval.policy.name}”, nobody has to decide.`}</Line>;
  const median = approval.medianSeconds === null ? null : roughly(approval.medianSeconds);
  const most = approval.ninetyPercentSeconds === null ? null : roughly(approval.ninetyPercentSeconds);
  const inOrder = approval.stages.length > 1;
  return (
    <div className="mb-4">
      <h3 className="font-semibold">{inOrder ? t`Must approve, in order` : t`Must approve`}</h3>
      {approval.nobodyMayDecide ? (
        <p className="text-warn">{t`Nobody may decide on this. Tell your tenant administration.`}</p>
      ) : null}
      <ol className={inOrder ? 'list-inside list-decimal' : ''}>
        {approval.stages.map((stage) => {
          const people = stage.approvers.map(({ name }) => name ?? t`Deleted person`);
          const names = list(people, stage.quorum < people.length ? 'or' : 'and');
          return (
            <li key={stage.name}>
              {stage.quorum > 1 && stage.quorum < people.length ? t`${count(stage.quorum)} of ${names}` : names}{' '}
              <span className="text-muted-foreground">({stage.name})</span>
            </li>
          );
        })}
      </ol>
      <p className="text-muted-foreground">
        {median && most ? t`Usually takes ${median}, 9 of 10 within ${most}.` : t`How long it takes is not known yet.`}
      </p>
    </div>
  );
}

function VCenter({ vcenter, unknown }: { vcenter: Preview['vcenter']; unknown: string }) {
  const { t } = useLingui();
  if (!vcenter) return <Line label="vCenter">{unknown}</Line>;
  if (vcenter.vcenterAwaySince) {
    const since = moment(vcenter.vcenterAwaySince);
    return (
      <Line label="vCenter">{t`Out of reach since ${since}. Your request is accepted and starts by itself.`}</Line>
    );
  }
  const problems = [
    vcenter.template === 'missing' && t`The template is missing in vCenter.`,
    vcenter.network === 'missing' && t`The network is missing in vCenter.`,
    vcenter.network === 'full' && t`The network has no free address.`,
  ].filter(Boolean);
  if (problems.length > 0) return <Line label="vCenter">{problems.join(' ')}</Line>;
  if (vcenter.template === 'unknown' || vcenter.network === 'unknown') return <Line label="vCenter">{unknown}</Line>;
  return <Line label="vCenter">{t`Template and network are there.`}</Line>;
}

function Line({ label, children }: { label: string; children: string }) {
  return (
    <p className="mb-4">
      <span className="font-semibold">{label}: </span>
      {children}
    </p>
  );
}
