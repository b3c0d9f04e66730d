import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { KeyboardEvent } from 'react';
import { answerTo } from '../../api/query';
import type { Entry as EntryOf } from '../../api/route';
import { listAudit } from '../../api/routes';
import { Asked } from '../../ui/asked';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { Empty } from '../../ui/empty';
import { Sheet } from '../../ui/sheet';
import { count, exactMoment } from '../../words/format';
import { changesSomething, differenceOf, fieldsOf, stoodBefore } from './difference';
import { useFieldWords } from './use-field-words';
import type { Names } from './use-names';

type Entry = EntryOf<typeof listAudit>;

/** One entry beside the list: who, what, when; what changed, before and now; what else belongs to it. */
export function AuditEntry({
  number,
  entries,
  names,
  onShow,
}: {
  number: number;
  entries: readonly Entry[];
  names: Names;
  onShow: (number: number | undefined) => void;
}) {
  const { t } = useLingui();
  const listed = entries.findIndex((entry) => entry.number === number);
  const [newer, older] = [listed > 0 ? entries[listed - 1] : undefined, listed >= 0 ? entries[listed + 1] : undefined];
  // A link may lead to an entry that is further down than what is loaded, or left out by the filters.
  const asked = useQuery({
    ...answerTo(listAudit, { before: number + 1, limit: 1 }),
    enabled: listed < 0 && Number.isInteger(number) && number > 0,
  });
  const walk = (event: KeyboardEvent) => {
    const next = event.key === 'j' ? older : event.key === 'k' ? newer : undefined;
    if (!next || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onShow(next.number);
  };
  const label = count(number);
  return (
    <Sheet title={t`Entry ${label}`} onClose={() => onShow(undefined)} onKeyDown={walk}>
      {listed >= 0 && entries[listed] ? (
        <Shown entry={entries[listed]} names={names} />
      ) : (
        <Asked answer={asked} lines={8}>
          {({ items: [found] }) =>
            found?.number === number ? (
              <Shown entry={found} names={names} />
            ) : (
              <Empty>{t`There is no entry of this number.`}</Empty>
            )
          }
        </Asked>
      )}
      <div className="mt-6 flex flex-wrap gap-3">
        <Button aria-disabled={!newer} onClick={() => newer && onShow(newer.number)} aria-keyshortcuts="k">
          {t`Newer`}
        </Button>
        <Button aria-disabled={!older} onClick={() => older && onShow(older.number)} aria-keyshortcuts="j">
          {t`Older`}
        </Button>
      </div>
    </Sheet>
  );
}

function Shown({ entry, names }: { entry: Entry; names: Names }) {
  const { t } = useLingui();
  const { kind, name } = names.object(entry.stream, entry.data);
  const requestId = (entry.data as { requestId?: unknown } | null)?.requestId;
  return (
    <>
      <p className="mb-1 text-h3 font-semibold">{names.what(entry.type)}</p>
      <dl className="mb-6 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        <dt className="text-muted-foreground">{t`Object`}</dt>
        <dd className="break-words">
          {kind} {name}
        </dd>
        <dt className="text-muted-foreground">{t`Who`}</dt>
        <dd className="break-words">{names.actor(entry.actor)}</dd>
        <dt className="text-muted-foreground">{t`Time`}</dt>
        <dd>
          <time dateTime={entry.time}>{exactMoment(entry.time)}</time>
        </dd>
        <dt className="text-muted-foreground">{t`Reference`}</dt>
        <dd>
          <code className="font-mono text-small break-all">{entry.correlationId}</code>{' '}
          <CopyButton text={entry.correlationId} what={t`reference`} />
        </dd>
      </dl>
      {changesSomething(entry.type) ? (
        <Difference entry={entry} names={names} />
      ) : (
        <Facts entry={entry} names={names} />
      )}
      <ul className="mb-6 flex flex-wrap gap-x-6 gap-y-2">
        <li>
          <Link
            to="/evidence/audit"
            search={{ object: entry.stream }}
            className="inline-flex min-h-6 items-center text-primary hover:underline"
          >{t`Everything on this object`}</Link>
        </li>
        {typeof requestId === 'string' ? (
          <li>
            <Link
              to="/requests/$id"
              params={{ id: requestId }}
              className="inline-flex min-h-6 items-center text-primary hover:underline"
            >{t`To its request`}</Link>
          </li>
        ) : null}
      </ul>
      <details>
        <summary className="min-h-6 text-primary">{t`Raw data`}</summary>
        <dl className="my-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-small">
          <dt className="text-muted-foreground">{t`Event`}</dt>
          <dd className="font-mono break-all">{entry.type}</dd>
          <dt className="text-muted-foreground">{t`Stream`}</dt>
          <dd className="font-mono break-all">{entry.stream}</dd>
          <dt className="text-muted-foreground">{t`Recorded`}</dt>
          <dd>{exactMoment(entry.recordedAt)}</dd>
          <dt className="text-muted-foreground">{t`Hash`}</dt>
          <dd className="font-mono break-all">{entry.hash}</dd>
          <dt className="text-muted-foreground">{t`Hash before`}</dt>
          <dd className="font-mono break-all">{entry.previous}</dd>
        </dl>
        <pre className="rounded-panel border border-border bg-muted p-3 font-mono text-caption break-all whitespace-pre-wrap">
          {JSON.stringify(entry.data, null, 2)}
        </pre>
      </details>
    </>
  );
}

/** What stood there before, and what stands there now; the changed fields first, the rest in grey. */
function Difference({ entry, names }: { entry: Entry; names: Names }) {
  const { t } = useLingui();
  const { label, show } = useFieldWords(names, entry.data);
  const answer = useQuery(answerTo(listAudit, { stream: entry.stream, before: entry.number, limit: 20 }));
  return (
    <Asked answer={answer}>
      {({ items }) => {
        const before = stoodBefore(entry, items);
        if (!before) {
          return (
            <>
              <p className="mb-2 text-muted-foreground">{t`Set for the first time.`}</p>
              <Facts entry={entry} names={names} />
            </>
          );
        }
        const changes = differenceOf(before.data, entry.data);
        const changed = changes.filter((change) => change.changed).length;
        const beforeTime = exactMoment(before.time);
        return (
          <table className="mb-6 w-full table-fixed border-collapse">
            <caption className="mb-2 text-left text-muted-foreground">
              {changed === 0 ? t`Nothing differs from before (${beforeTime}).` : t`Before: as of ${beforeTime}`}
            </caption>
            <thead className="border-b border-border text-left">
              <tr>
                <th className="py-1 pr-3">{t`Field`}</th>
                <th className="py-1 pr-3">{t`Before`}</th>
                <th className="py-1">{t`Now`}</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-border">
              {changes.map(({ path, before: then, value, changed: differs }) => (
                <tr key={path.join('.')} className={differs ? '' : 'text-muted-foreground'}>
                  <th scope="row" className="py-1 pr-3 text-left align-top font-normal break-words">
                    {label(path)}
                  </th>
                  <td className="py-1 pr-3 align-top break-words">{show(path, then)}</td>
                  <td className={`py-1 align-top break-words ${differs ? 'font-semibold' : ''}`}>
                    {show(path, value)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        );
      }}
    </Asked>
  );
}

function Facts({ entry, names }: { entry: Entry; names: Names }) {
  const { label, show } = useFieldWords(names, entry.data);
  return (
    <dl className="mb-6 grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-4 divide-y divide-border">
      {fieldsOf(entry.data).map(({ path, value }) => (
        <div key={path.join('.')} className="col-span-2 grid grid-cols-subgrid py-1">
          <dt className="break-words text-muted-foreground">{label(path)}</dt>
          <dd className="break-words">{show(path, value)}</dd>
        </div>
      ))}
    </dl>
  );
}
