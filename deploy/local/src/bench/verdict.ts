export interface Goal {
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Verdict {
  readonly median: number;
  /** Between the quartiles of the rounds. */
  readonly spread: number;
  readonly verdict: 'met' | 'missed' | 'not decided';
}

/** What the rounds say about a goal: nothing, when they differ by more than the goal is away. */
export function judge(rounds: readonly number[], { atLeast, atMost }: Goal): Verdict {
  const median = quantile(rounds, 0.5);
  const spread = quantile(rounds, 0.75) - quantile(rounds, 0.25);
  const goal = atLeast ?? atMost ?? Number.NaN;
  const reached = atLeast === undefined ? median <= goal : median >= goal;
  const undecided = spread > Math.abs(median - goal);
  return { median, spread, verdict: undecided ? 'not decided' : reached ? 'met' : 'missed' };
}

/** Linear between neighbours; `of` need not be sorted. */
export function quantile(of: readonly number[], q: number): number {
  const sorted = [...of].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}
