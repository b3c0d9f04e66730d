import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { type Cell, csvOf } from '../words/csv';
import { count } from '../words/format';
import { announce } from './announcer';
import { Button } from './button';
import { download } from './download';
import { ProblemNote } from './problem-note';

/** A browser holds so many without trouble, and so many questions stay far below what a person may ask in a minute. */
const most = 10_000;

/** A whole list as a file, asked for page after page; the button says how far it is. */
export function ListCsv<Item>({
  name,
  head,
  row,
  ask,
}: {
  /** Of the file, before the day. */
  name: string;
  head: readonly string[];
  row: (item: Item) => readonly Cell[];
  ask: (cursor: string | undefined) => Promise<{ items: readonly Item[]; nextCursor: string | null }>;
}) {
  const { t } = useLingui();
  const [read, setRead] = useState<number>();
  const [problem, setProblem] = useState<Error>();
  const [cut, setCut] = useState(false);
  const make = async () => {
    setProblem(undefined);
    setCut(false);
    setRead(0);
    try {
      const items: Item[] = [];
      let cursor: string | undefined;
      do {
        const page = await ask(cursor);
        items.push(...page.items);
        cursor = page.nextCursor ?? undefined;
        setRead(items.length);
      } while (cursor && items.length < most);
      setCut(cursor !== undefined);
      download(`${name}-${new Date().toISOString().slice(0, 10)}.csv`, csvOf(head, items.map(row)));
      announce(t`${plural(items.length, { one: '# row downloaded', other: '# rows downloaded' })}`);
    } catch (error) {
      setProblem(error as Error);
    } finally {
      setRead(undefined);
    }
  };
  return (
    <div className="print:hidden">
      <Button busy={read !== undefined} onClick={() => void make()}>
        <Download aria-hidden size={16} />
        {read === undefined ? t`As CSV` : t`${plural(read, { one: '# row …', other: '# rows …' })}`}
      </Button>
      {cut ? (
        <p role="status" className="mt-1 max-w-xs text-small text-warn">
          {t`The file ends after ${count(most)} rows. Narrow the filters for the rest.`}
        </p>
      ) : null}
      {problem ? <ProblemNote error={problem} onRetry={() => void make()} /> : null}
    </div>
  );
}
