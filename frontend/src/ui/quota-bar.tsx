import { useLingui } from '@lingui/react/macro';
import { isTight, type QuotaDimension, quotaDimensions, quotaOrder } from '../words/quota';

type Amounts = Readonly<Record<QuotaDimension, number>>;

/** A bar for each of what a quota limits, or for some of it. */
export function QuotaBars({
  quota: { used, reserved, limits },
  dimensions = quotaOrder,
}: {
  quota: { readonly used: Amounts; readonly reserved: Amounts; readonly limits: Amounts | null };
  dimensions?: readonly QuotaDimension[];
}) {
  const { i18n } = useLingui();
  return dimensions.map((dimension) => (
    <QuotaBar
      key={dimension}
      name={i18n._(quotaDimensions[dimension].word)}
      used={used[dimension]}
      reserved={reserved[dimension]}
      limit={limits?.[dimension] ?? null}
      show={quotaDimensions[dimension].show}
    />
  ));
}

/** Used solid, reserved hatched, the limit the bar's end; the words say the same. */
function QuotaBar({
  name,
  used,
  reserved,
  limit,
  show,
}: {
  name: string;
  used: number;
  reserved: number;
  limit: number | null;
  /** How an amount reads. */
  show: (amount: number) => string;
}) {
  const { t } = useLingui();
  const taken = used + reserved;
  const tight = limit !== null && isTight(taken, limit);
  const over = limit !== null && taken > limit;
  const held = show(reserved);
  const share = (amount: number) => (limit ? Math.min(100, (amount / limit) * 100) : 0);
  return (
    <div className="py-1">
      <div className="flex justify-between gap-4">
        <span>{name}</span>
        <span className={over ? 'text-bad' : tight ? 'text-warn' : ''}>
          {limit === null ? t`${show(taken)}, no limit` : t`${show(taken)} of ${show(limit)}`}
          {over ? ` · ${t`over limit`}` : null}
        </span>
      </div>
      {limit === null ? null : (
        <svg
          aria-hidden="true"
          viewBox="0 0 100 6"
          preserveAspectRatio="none"
          className="h-1.5 w-full rounded-full bg-accent"
        >
          <rect
            width={share(used)}
            height="6"
            className={over ? 'fill-bad-mark' : tight ? 'fill-warn-mark' : 'fill-info-mark'}
          />
          <rect x={share(used)} width={share(taken) - share(used)} height="6" className="fill-chart-5" />
        </svg>
      )}
      {reserved > 0 ? (
        <p className="text-small text-muted-foreground">{t`${held} of it reserved for requests`}</p>
      ) : null}
    </div>
  );
}
