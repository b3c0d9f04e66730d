import type { Figure } from './figures.js';
import type { FigureResult } from './measure.js';

export function printFigure({ name, says }: Figure, result: FigureResult): void {
  console.log(`\n${name}: ${says}`);
  for (const { name: ratio, median, spread, goal, verdict } of result.ratios) {
    const wanted = goal.atLeast === undefined ? `at most ${goal.atMost}` : `at least ${goal.atLeast}`;
    console.log(
      `  ${ratio.padEnd(36)} ${median.toFixed(2).padStart(6)}  spread ${spread.toFixed(2)}  ${wanted.padEnd(14)} ${verdict}`,
    );
  }
  const shown = Object.entries(result.absolute).map(([what, value]) => `${what} ${round(value)}`);
  console.log(`  this machine: ${shown.join(', ')}`);
  for (const reason of result.void) console.log(`  void round: ${reason}`);
}

const round = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(2));
