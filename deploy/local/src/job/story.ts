/** One line of a chronicle: what somebody asked for, and what became of it. */
export interface Story {
  readonly at: string;
  readonly by: string;
  readonly project: string;
  readonly name: string;
  readonly size: string;
  readonly environment: string;
  readonly template: 'ubuntu' | 'docker';
  readonly then: readonly Turn[];
  readonly why: string;
}

export type Turn =
  | { readonly what: 'granted' | 'rejected'; readonly by: string; readonly after: string; readonly reason: string }
  | { readonly what: 'withdrawn'; readonly after: string }
  /** Decided by nobody, or by nobody else. */
  | { readonly what: 'open'; readonly after: '0m' }
  | { readonly what: 'off' | 'gone'; readonly at: string };

/** @throws Error naming the line that cannot be read */
export function storiesOf(lines: string): Story[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [at = '', by = '', project = '', vm = '', then = '', why] = line.split(' | ');
      const [name = '', size = '', environment = '', template] = vm.split(' ');
      if (!why || !environment) throw new Error(`Not a story: ${line}`);
      return {
        at,
        by,
        project,
        name,
        size,
        environment,
        template: template === 'docker' ? 'docker' : 'ubuntu',
        then: then.split('; ').map((turn) => turnOf(turn, line)),
        why,
      };
    });
}

function turnOf(turn: string, line: string): Turn {
  if (turn === 'open') return { what: 'open', after: '0m' };
  const decided = /^(granted|rejected) (\S+) (\d+[mhd])(?:: (.+))?$/.exec(turn);
  if (decided) {
    const [, what, by = '', after = '', reason = ''] = decided;
    return { what: what as 'granted' | 'rejected', by, after, reason };
  }
  const withdrawn = /^withdrawn (\d+[mhd])$/.exec(turn);
  if (withdrawn) return { what: 'withdrawn', after: withdrawn[1] as string };
  const later = /^(off|gone) (\d+ \d\d:\d\d)$/.exec(turn);
  if (!later) throw new Error(`Not a turn: ${turn} in ${line}`);
  return { what: later[1] as 'off' | 'gone', at: later[2] as string };
}

/** @param when `<working days ago> <hh:mm>`, or `-<minutes>` */
export function timeOf(when: string, anchor: Date): Date {
  if (when.startsWith('-')) return new Date(anchor.getTime() - Number(when.slice(1)) * 60_000);
  const [days = '', clock = ''] = when.split(' ');
  const [hours, minutes] = clock.split(':').map(Number);
  const time = new Date(anchor);
  time.setHours(hours ?? 0, minutes, 0, 0);
  moveWorkingDays(time, -Number(days));
  return time;
}

/** @param after `35m`, `3h`, or `2d` for working days, a little later in the day */
export function timeAfter(after: string, time: Date): Date {
  const amount = Number(after.slice(0, -1));
  if (!after.endsWith('d')) return new Date(time.getTime() + amount * (after.endsWith('h') ? 60 : 1) * 60_000);
  const later = new Date(time.getTime() + 23 * 60_000);
  moveWorkingDays(later, amount);
  return later;
}

function moveWorkingDays(time: Date, days: number): void {
  for (let left = Math.abs(days); left > 0; ) {
    time.setDate(time.getDate() + Math.sign(days));
    if (time.getDay() !== 0 && time.getDay() !== 6) left--;
  }
}
