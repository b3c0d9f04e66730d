import { role, submitRequest } from '@dvmm/contracts';
import { describe, expect, it } from 'vitest';
import { chronicles } from '../src/job/history-stories.js';
import { storiesOf, timeAfter, timeOf } from '../src/job/story.js';
import { people } from '../src/people.js';

const anchor = new Date('2026-11-25T14:00:00Z');
const month = chronicles.map(({ requests, ...chronicle }) => ({ ...chronicle, stories: storiesOf(requests) }));
const everyStory = month.flatMap(({ stories }) => stories);

describe('the chronicles', () => {
  it('ask for sixty machines a tenant, each under a name of its own', () => {
    const names = everyStory.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !submitRequest.input.shape.name.safeParse(name).success)).toEqual([]);
    expect(month.map(({ stories }) => stories.length >= 60)).toEqual([true, true]);
  });

  it.each(month)(
    'let people of $tenant alone act, and decide only who may by then',
    ({ tenant, stories, changes, projects }) => {
      const mayAct = people.filter((one) => one.tenant === tenant);
      const approvesFrom = (user: string, project: string): Date => {
        const person = mayAct.find((one) => one.user === user);
        if (person?.role === role.enum.approver) return new Date(0);
        const named = changes.find((change) => 'person' in change && change.person === user);
        const policy = changes.find((change) => 'policy' in change && change.project === project);
        const leads = policy && projects.some(({ name, lead }) => name === project && lead === user);
        const [from] = [leads ? policy : undefined, named].filter((change) => change !== undefined);
        return from ? timeOf(from.at, anchor) : new Date(8.64e15);
      };
      for (const { name, by, at, project, then } of stories) {
        expect(
          mayAct.map(({ user }) => user),
          name,
        ).toContain(by);
        for (const turn of then) {
          if (turn.what !== 'granted' && turn.what !== 'rejected') continue;
          expect(turn.by, name).not.toBe(by);
          expect(approvesFrom(turn.by, project).getTime(), name).toBeLessThan(timeOf(at, anchor).getTime());
        }
      }
    },
  );

  it('tell each story forward, and none beyond today', () => {
    for (const { name, at, then } of everyStory) {
      let time = timeOf(at, anchor);
      for (const turn of then) {
        const next = 'at' in turn ? timeOf(turn.at, anchor) : timeAfter(turn.after, time);
        expect(next.getTime(), name).toBeGreaterThanOrEqual(time.getTime());
        time = next;
      }
      expect(time.getTime(), name).toBeLessThan(anchor.getTime());
    }
  });
});

describe('a story’s time', () => {
  it('counts working days, in the day’s own hours', () => {
    expect(timeOf('3 09:15', anchor).toString()).toContain('Fri Nov 20 2026 09:15');
    expect(timeAfter('2d', timeOf('4 09:15', anchor)).toString()).toContain('Mon Nov 23 2026 09:38');
    expect(timeOf('-90', anchor).toISOString()).toBe('2026-11-25T12:30:00.000Z');
  });

  it.each(['22 09:12 | erika | Webshop', '22 09:12 | erika | Webshop | a M test | perhaps | why'])(
    'is refused as “%s”',
    (line) => {
      expect(() => storiesOf(line)).toThrow('Not a');
    },
  );
});
