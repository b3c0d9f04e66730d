import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { Answered } from '../../api/route';
import type { previewRequest } from '../../api/routes';
import { money } from '../../words/format';
import { isTight } from '../../words/quota';

/** The consequences in half a line: said after a rest, and shown where the whole of them is out of sight. */
export function usePreviewSummary(): (preview: Answered<typeof previewRequest>) => string {
  const { t } = useLingui();
  return ({ size, quotas, approval }) => {
    const limited = quotas?.filter(({ limit }) => limit !== null) ?? [];
    const tight = limited.some(({ after, limit }) => isTight(after, limit ?? 0));
    const cost = size && money(size.monthlyCostCents, size.currency);
    const stages = approval?.stages.length ?? 0;
    return [
      cost && t`${cost} a month`,
      limited.some(({ fits }) => !fits) ? t`does not fit the quota` : tight && t`quota tight`,
      approval &&
        (approval.automatic
          ? t`no approval needed`
          : t`${plural(stages, { one: '# approval', other: '# approvals' })}`),
    ]
      .filter(Boolean)
      .join(', ');
  };
}
