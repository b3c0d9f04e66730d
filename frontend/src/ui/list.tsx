import type { ReactNode } from 'react';
import { classNames } from './class-names';

/** Rows under headings on a wide screen; on a phone each row is a block whose parts stand under each other. */
export function List({
  caption,
  columns,
  children,
}: {
  caption: string;
  /** Headings in order; those of numbers stand right. */
  columns: readonly { readonly name: string; readonly right?: boolean }[];
  children: ReactNode;
}) {
  return (
    <table className="w-full border-collapse rounded-panel border border-border bg-card text-dense max-md:block">
      <caption className="sr-only">{caption}</caption>
      <thead className="border-b border-border bg-muted text-left max-md:sr-only">
        <tr>
          {columns.map(({ name, right }) => (
            <th key={name} scope="col" className={right ? 'px-3 py-2 text-right' : 'px-3 py-2'}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-border max-md:block">{children}</tbody>
    </table>
  );
}

export function Row({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <tr className="hover:bg-accent max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-2 max-md:py-2">
      <th scope="row" className="px-3 py-2 text-left break-words max-md:w-full max-md:py-0.5">
        {name}
      </th>
      {children}
    </tr>
  );
}

/** `label` is said where the heading is out of sight, on a phone. */
export function Cell({
  label,
  right,
  buttons,
  children,
}: {
  label?: string;
  right?: boolean;
  /** They bring height of their own. */
  buttons?: boolean;
  children: ReactNode;
}) {
  return (
    <td
      className={classNames(
        'break-words',
        buttons ? 'py-0.5 max-md:-ml-1 max-md:w-full md:text-right' : 'px-3 py-2 max-md:py-0.5',
        right && 'md:text-right',
      )}
    >
      {label ? <span className="text-muted-foreground md:hidden">{label}: </span> : null}
      {children}
    </td>
  );
}
