import { useLingui } from '@lingui/react/macro';
import { dayOf } from '../../words/format';

const [width, height] = [720, 200];

/** One amount a day as bars from zero, with the same figures as a table beside it. Live figures change without motion. */
export function DayChart({
  days,
  word,
  show,
}: {
  days: readonly { readonly day: string; readonly amount: number }[];
  word: string;
  show: (amount: number) => string;
}) {
  const { t } = useLingui();
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  const top = Math.max(...days.map(({ amount }) => amount));
  const highest = days.find(({ amount }) => amount === top) ?? last;
  const [now, then, peak] = [show(last.amount), show(first.amount), show(top)];
  const [since, at] = [dayOf(first.day), dayOf(highest.day)];
  const finding =
    top === 0
      ? t`${word}: none in this time.`
      : t`${word}: ${now} today, ${then} on ${since}, at most ${peak} (${at}).`;
  const step = width / days.length;
  return (
    <>
      <p className="mb-3">{finding}</p>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <figure className="min-w-0">
          <div className="flex gap-2">
            <div
              className="flex flex-col justify-between text-right text-caption text-muted-foreground"
              aria-hidden="true"
            >
              <span>{peak}</span>
              <span>{show(0)}</span>
            </div>
            <svg
              role="img"
              aria-label={finding}
              viewBox={`0 0 ${width} ${height}`}
              preserveAspectRatio="none"
              className="h-48 min-w-0 flex-1 border-b border-l border-input"
            >
              {days.map(({ day, amount }, index) => {
                const bar = top > 0 ? (amount / top) * height : 0;
                return (
                  <rect
                    key={day}
                    x={index * step + step * 0.1}
                    y={height - bar}
                    width={step * 0.8}
                    height={bar}
                    className="fill-chart-1 forced-colors:fill-[CanvasText]"
                  >
                    <title>{`${dayOf(day)}: ${show(amount)}`}</title>
                  </rect>
                );
              })}
            </svg>
          </div>
          <figcaption className="mt-1 flex justify-between text-caption text-muted-foreground">
            <span>{since}</span>
            <span>{t`End of each day, UTC`}</span>
            <span>{dayOf(last.day)}</span>
          </figcaption>
        </figure>
        <section
          aria-label={t`${word}, day by day`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
          tabIndex={0}
          className="max-h-60 overflow-y-auto rounded-panel border border-border print:max-h-none"
        >
          <table className="w-full border-collapse text-dense">
            <caption className="sr-only">{t`${word}, day by day`}</caption>
            <thead className="sticky top-0 bg-muted text-left">
              <tr>
                <th className="px-3 py-1">{t`Day`}</th>
                <th className="px-3 py-1 text-right">{word}</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-border">
              {days.toReversed().map(({ day, amount }) => (
                <tr key={day}>
                  <th scope="row" className="px-3 py-1 text-left font-normal">
                    {dayOf(day)}
                  </th>
                  <td className="px-3 py-1 text-right">{show(amount)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </>
  );
}
