import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Link2, Unlink } from 'lucide-react';
import { pagesOf } from '../../api/query';
import type { Asked, Entry } from '../../api/route';
import { listAudit } from '../../api/routes';
import { useMe } from '../../app/session';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Page } from '../../ui/page';
import { Pages } from '../../ui/pages';
import { PrintButton, PrintNote } from '../../ui/print-note';
import { endOfDay, startOfDay } from '../../words/days';
import { count, exactMoment } from '../../words/format';
import { AuditCsv } from './audit-csv';
import { AuditEntry } from './audit-entry';
import { AuditFilters } from './audit-filters';
import { useNames } from './use-names';

const route = getRouteApi('/evidence/audit');

/** Who did what to which object and when, newest first. What is chosen stands in the address, so a link is evidence. */
export function AuditPage() {
  const { t } = useLingui();
  const { tenant } = useMe();
  const { who, what, object, from, to, entry } = route.useSearch();
  const navigate = route.useNavigate();
  const names = useNames();
  const filter = {
    actor: who,
    type: what,
    stream: object,
    from: startOfDay(from),
    to: endOfDay(to),
  } satisfies Asked<typeof listAudit>;
  const answer = useInfiniteQuery(pagesOf(listAudit, filter));
  const items = answer.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Boolean(who || what || object || from || to);
  const show = (number: number | undefined) => {
    // The focus goes to the row that was looked at last, which need not be the one that opened the sheet.
    if (number === undefined) document.getElementById(`entry-${entry}`)?.focus();
    void navigate({
      search: (old) => ({ ...old, entry: number }),
      replace: true,
    });
  };
  return (
    <Page
      title={t`Audit trail`}
      tools={
        <>
          <AuditCsv filter={filter} names={names} />
          <PrintButton />
        </>
      }
    >
      <PrintNote tenant={tenant.name} />
      <AuditFilters names={names} />
      {items.length > 0 && !(who || what || object) ? <Chain entries={items} /> : null}
      <Pages
        answer={answer}
        lines={12}
        empty={
          <Empty
            action={
              filtered ? <Button onClick={() => void navigate({ search: {} })}>{t`Remove filters`}</Button> : null
            }
          >
            {filtered
              ? t`Nothing fits these filters.`
              : t`Nothing has happened yet. Every change appears here by itself.`}
          </Empty>
        }
      >
        {(items) => (
          <table className="w-full border-collapse text-dense max-md:block">
            <caption className="sr-only">{t`Audit trail, newest first`}</caption>
            <thead className="border-b border-border bg-muted text-left max-md:sr-only">
              <tr>
                <th className="px-3 py-2 text-right">{t`No.`}</th>
                <th className="w-56 px-3 py-2">{t`What`}</th>
                <th className="px-3 py-2">{t`Object`}</th>
                <th className="px-3 py-2">{t`Who`}</th>
                <th className="px-3 py-2">{t`Time`}</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-border max-md:block">
              {items.map((item) => {
                const { kind, name } = names.object(item.stream, item.data);
                return (
                  <tr
                    key={item.number}
                    className={`hover:bg-accent max-md:flex max-md:flex-wrap max-md:gap-x-3 max-md:py-2 ${item.number === entry ? 'bg-primary-tint' : ''}`}
                  >
                    <td className="px-3 py-1 text-right text-muted-foreground max-md:hidden">{count(item.number)}</td>
                    <th scope="row" className="px-3 py-1 text-left max-md:w-full max-md:py-0">
                      <Link
                        from="/evidence/audit"
                        to="/evidence/audit"
                        search={(old) => ({ ...old, entry: item.number })}
                        replace
                        resetScroll={false}
                        id={`entry-${item.number}`}
                        className="inline-flex min-h-6 items-center text-primary hover:underline"
                      >
                        {names.what(item.type)}
                      </Link>
                    </th>
                    <td className="min-w-0 px-3 py-1 max-md:w-full max-md:py-0">
                      <span className="text-muted-foreground">{kind}</span> <span className="break-words">{name}</span>
                    </td>
                    <td className="px-3 py-1 sm:min-w-40 max-md:py-0">{names.actor(item.actor)}</td>
                    <td className="px-3 py-1 whitespace-nowrap text-muted-foreground max-md:py-0">
                      <time dateTime={item.time}>{exactMoment(item.time)}</time>
                      {Date.parse(item.recordedAt) - Date.parse(item.time) > 60_000 ? (
                        <span className="block text-small">{t`recorded ${exactMoment(item.recordedAt)}`}</span>
                      ) : null}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </Pages>
      {entry ? <AuditEntry number={entry} entries={items} names={names} onShow={show} /> : null}
    </Page>
  );
}

/**
 * Whether each entry shown names the one before it by its hash. That shows a gap or an exchanged entry at once; whether
 * hashes are those of their contents is checked on the server's side, against the owners' events.
 */
function Chain({ entries }: { entries: readonly Entry<typeof listAudit>[] }) {
  const { t } = useLingui();
  const broken = entries.find((entry, index) => {
    const earlier = entries[index + 1];
    return earlier && (earlier.number !== entry.number - 1 || earlier.hash !== entry.previous);
  });
  const [newest, oldest] = [count(entries[0]?.number ?? 0), count(entries.at(-1)?.number ?? 0)];
  if (broken) {
    const number = count(broken.number);
    const time = exactMoment(broken.time);
    return (
      <p
        role="alert"
        className="mb-4 flex items-center gap-2 rounded-panel border border-bad-mark bg-bad-tint p-3 text-bad"
      >
        <Unlink aria-hidden size={16} className="shrink-0" />
        {t`The chain breaks at entry ${number}, ${time}: it does not follow the entry before it. Tell the platform administration.`}
      </p>
    );
  }
  return (
    <p className="mb-4 flex items-center gap-2 text-muted-foreground">
      <Link2 aria-hidden size={16} className="shrink-0" />
      {t`Entries ${oldest} to ${newest}: each names the one before it, no break.`}
    </p>
  );
}
