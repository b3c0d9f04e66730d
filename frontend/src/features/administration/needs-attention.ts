import type { Entry } from '../../api/route';
import type { listRuns } from '../../api/routes';

/** What waits, unless for its turn alone, and what a failure has left behind. */
export function needsAttention({ state, failure, waiting }: Entry<typeof listRuns>): boolean {
  return (state === 'waiting' && waiting?.reason !== 'queue') || (state === 'failed' && failure?.nothingLeft === false);
}
