import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { memo, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useDensity } from '../../app/density';
import { classNames } from '../../ui/class-names';
import { useMedia } from '../../ui/use-media';
import type { Column, Sort, Vm } from './columns';

/** Below that a browser draws them all without trouble, and finds words in them. */
const virtualFrom = 200;

interface Order {
  readonly sort: Sort;
  readonly descending: boolean;
}

export function MachineTable({
  items,
  total,
  columns,
  order,
  onSort,
  onEnd,
}: {
  items: readonly Vm[];
  /** How many there are, with those that are not loaded yet. */
  total: number;
  columns: readonly Column[];
  order: Order;
  onSort: (sort: Sort) => void;
  /** The end of what is loaded comes into sight. */
  onEnd: () => void;
}) {
  const { t, i18n } = useLingui();
  const phone = useMedia('(max-width: 767px)');
  const body = useRef<HTMLTableSectionElement>(null);
  const virtual = items.length >= virtualFrom;
  const rows = useRows(items.length, virtual, phone ? 60 : 41, body, onEnd);
  const shown = phone ? columns.filter((column) => column.phone) : columns;
  const parts = shown.reduce((sum, { width }) => sum + width, 5);
  return (
    <table
      aria-rowcount={virtual ? total + 1 : undefined}
      className={classNames('w-full border-collapse text-dense max-md:block', virtual && 'table-fixed')}
    >
      <caption className="sr-only">{t`Machines`}</caption>
      {virtual ? (
        <colgroup className="max-md:hidden">
          <col style={{ width: `${(5 / parts) * 100}%` }} />
          {shown.map(({ id, width }) => (
            <col key={id} style={{ width: `${(width / parts) * 100}%` }} />
          ))}
        </colgroup>
      ) : null}
      <thead className="bg-muted text-left max-md:block md:sticky md:top-12 md:z-10 md:shadow-[inset_0_-1px_var(--border)]">
        <tr aria-rowindex={virtual ? 1 : undefined} className="max-md:flex max-md:flex-wrap max-md:items-center">
          <Head order={order} sort="name" onSort={onSort}>
            {t`Name`}
          </Head>
          {shown.map(({ id, head, sort, right }) => (
            <Head key={id} order={order} sort={sort} right={right ?? false} onSort={onSort}>
              {i18n._(head)}
            </Head>
          ))}
        </tr>
      </thead>
      <tbody ref={body} className="divide-y divide-border max-md:block">
        <Space height={rows.before} />
        {rows.indexes.map((index) => {
          const vm = items[index];
          return vm ? (
            <Row key={vm.id} vm={vm} index={virtual ? index : undefined} columns={shown} onFocus={rows.keep} />
          ) : null;
        })}
        <Space height={rows.after} />
      </tbody>
    </table>
  );
}

/**
 * Which rows are drawn, and how high what is left out above and below them is. Virtual rows are all as high as the
 * first: to measure each as it comes made a change of order three times as slow.
 */
function useRows(
  count: number,
  virtual: boolean,
  guessed: number,
  body: { readonly current: HTMLElement | null },
  onEnd: () => void,
) {
  const [top, setTop] = useState(0);
  const [focused, setFocused] = useState<number>();
  const [measured, setMeasured] = useState<number>();
  const density = useDensity();
  const height = measured ?? guessed;
  useLayoutEffect(() => {
    setTop(body.current ? body.current.getBoundingClientRect().top + scrollY : 0);
    setMeasured(virtual ? body.current?.querySelector('tr[data-index]')?.getBoundingClientRect().height : undefined);
  }, [body, virtual, guessed, density]);
  const virtualizer = useWindowVirtualizer({
    count,
    enabled: virtual,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: top,
    // The row with the focus stays, however far one scrolls: else the focus would be lost with it.
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      if (focused === undefined || focused >= count || indexes.includes(focused)) return indexes;
      return [...indexes, focused].sort((one, other) => one - other);
    },
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, height]);
  const drawn = virtual ? virtualizer.getVirtualItems() : [];
  const last = virtual ? (drawn.at(-1)?.index ?? -1) : count - 1;
  const near = last >= count - 20;
  useEffect(() => {
    if (virtual && near) onEnd();
  }, [virtual, near, onEnd]);
  if (!virtual) {
    return {
      indexes: Array.from({ length: count }, (_, index) => index),
      before: 0,
      after: 0,
      keep: setFocused,
    };
  }
  return {
    indexes: drawn.map(({ index }) => index),
    before: (drawn[0]?.start ?? top) - top,
    after: virtualizer.getTotalSize() - ((drawn.at(-1)?.end ?? top) - top),
    keep: setFocused,
  };
}

function Space({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus; it is only as high as what is not drawn
    <tr aria-hidden="true" className="max-md:block">
      <td style={{ height }} className="max-md:block" />
    </tr>
  );
}

function Head({
  order,
  sort,
  right,
  onSort,
  children,
}: {
  order: Order;
  sort: Sort | undefined;
  right?: boolean;
  onSort: (sort: Sort) => void;
  children: ReactNode;
}) {
  const on = sort !== undefined && sort === order.sort;
  const Icon = order.descending ? ChevronDown : ChevronUp;
  return (
    <th
      scope="col"
      aria-sort={on ? (order.descending ? 'descending' : 'ascending') : undefined}
      className={classNames('px-3 py-1', right && 'text-right')}
    >
      {sort ? (
        <button
          type="button"
          onClick={() => onSort(sort)}
          className={classNames(
            'inline-flex min-h-8 items-center gap-1 rounded-control font-semibold hover:text-primary',
            right && 'flex-row-reverse',
          )}
        >
          {children}
          {on ? <Icon aria-hidden size={16} /> : <span className="w-4" />}
        </button>
      ) : (
        children
      )}
    </th>
  );
}

const Row = memo(function Row({
  vm,
  index,
  columns,
  onFocus,
}: {
  vm: Vm;
  /** Set while rows are virtual. */
  index: number | undefined;
  columns: readonly Column[];
  /** Keeps this row drawn. */
  onFocus: (index: number) => void;
}) {
  const line = index === undefined ? 'break-words' : 'truncate'; // Virtual rows have one height; the whole name is in the tooltip.
  return (
    <tr
      data-index={index}
      aria-rowindex={index === undefined ? undefined : index + 2}
      onFocus={() => index !== undefined && onFocus(index)}
      className={classNames(
        'hover:bg-accent max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:py-2',
        index !== undefined && 'h-[41px] max-md:h-[60px] max-md:overflow-hidden',
      )}
    >
      <th scope="row" className="px-3 py-2 text-left max-md:w-full max-md:py-0">
        <Link
          to="/machines/$id"
          params={{ id: vm.id }}
          title={vm.name}
          className={classNames('block text-primary hover:underline', line)}
        >
          {vm.name}
        </Link>
      </th>
      {columns.map(({ id, right, mono, show, csv }) => (
        <td
          key={id}
          title={index !== undefined && mono ? String(csv(vm) ?? '') : undefined}
          className={classNames('px-3 py-2 max-md:py-0', line, right && 'text-right', mono && 'font-mono text-small')}
        >
          {show(vm)}
        </td>
      ))}
    </tr>
  );
});
