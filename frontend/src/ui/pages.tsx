import { useLingui } from '@lingui/react/macro';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from './button';
import { ProblemNote } from './problem-note';
import { Skeleton } from './skeleton';

interface PagesProps<T> {
  readonly answer: UseInfiniteQueryResult<InfiniteData<{ readonly items: readonly T[] }>>;
  readonly lines?: number;
  /** What stands here when there is nothing. */
  readonly empty: ReactNode;
  readonly children: (items: readonly T[]) => ReactNode;
}

/** A list page after page: its skeleton, its fault with a retry, why it is empty, or what is loaded and the way to more. */
export function Pages<T>({ answer, lines = 8, empty, children }: PagesProps<T>) {
  const { t } = useLingui();
  const items = answer.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {answer.error && items.length === 0 ? (
        <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} />
      ) : null}
      {answer.isPending ? <Skeleton lines={lines} /> : null}
      {answer.isSuccess && items.length === 0 ? empty : null}
      {items.length > 0 ? children(items) : null}
      {answer.hasNextPage ? (
        <Button
          className="mt-4 print:hidden"
          busy={answer.isFetchingNextPage}
          onClick={() => void answer.fetchNextPage()}
        >
          {t`Show more`}
        </Button>
      ) : null}
    </>
  );
}
