import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNote } from './problem-note';
import { Skeleton } from './skeleton';

/** A part of a page that needs an answer: its skeleton, its fault with a retry, or what it is for. Old values stay on screen. */
export function Asked<T>({
  answer,
  lines,
  children,
}: {
  answer: UseQueryResult<T>;
  lines?: number;
  children: (data: T) => ReactNode;
}) {
  if (answer.data !== undefined) return children(answer.data);
  if (answer.error) return <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} />;
  return <Skeleton {...(lines === undefined ? {} : { lines })} />;
}
