import { Problem } from '../problems/problem.js';

const longestSeconds = 90 * 86_400;

/**
 * How far back a call is to play. The header counts where the installation says so; services never read it, but what the
 * actor token signs.
 * @throws Problem `backdating.not-allowed`, or `invalid-input` for what is no whole number of seconds within 90 days
 */
export function backdatedSecondsOf(header: string | undefined, allowed: boolean): number | undefined {
  if (header === undefined) return undefined;
  if (!allowed) throw new Problem('backdating.not-allowed');
  const seconds = /^\d{1,9}$/.test(header) ? Number(header) : Number.NaN;
  if (seconds > 0 && seconds <= longestSeconds) return seconds;
  const detail = `X-Backdated-Seconds is a whole number from 1 to ${longestSeconds}.`;
  throw new Problem('invalid-input', { errors: [{ pointer: '', detail }] });
}
