import { useLingui } from '@lingui/react/macro';
import { count } from '../words/format';

/** Used solid, reserved hatched, the limit the bar's end; the words say the same. */
export function QuotaBar({
  name,
  used,
  reserved,
  limit,
  show = count,
}: {
  name: string;
  used: number;
  reserved: number;
  limit: number | null;
  /** How an amount reads; default a plain number. */
  show?: (amount: number) => string;
}) {
  const { t } = useLingui();
  const taken = used + reserved;
  const tight = limit !== null && taken >= limit * 0.8;
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
