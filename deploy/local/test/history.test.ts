import { services } from '@dvmm/contracts';
import { eventually } from '@eaf/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyTrail } from '../src/audit/verify-trail.js';
import { lookInside, type Person, type Stack, signIn, startStack, stopStack, verifierOf } from './stack-under-test.js';

const anchor = new Date();
const minuteMs = 60_000;
const limits = { vms: 5, vcpus: 20, memoryMiB: 40 * 1024, diskGiB: 500 };
const chronicle = {
  tenant: 'nordwind',
  administrator: 'jonas',
  projects: [{ name: 'Lagerverwaltung', lead: 'johanna', members: ['murat'], limits }],
  changes: [
    {
      at: '20 08:00',
      policy: {
        name: 'Standard',
        automaticWhen: null,
        stages: [{ name: 'Genehmigung', approvers: [{ role: 'approver' as const, of: 'tenant' as const }], quorum: 1 }],
        expiresAfterDays: 7,
      },
    },
  ],
  requests: `
19 09:00 | erika | Webshop | told-made-01 S production | granted ayse 2h; off 5 18:00 | Erster Knoten.
18 10:00 | murat | Lagerverwaltung | told-refused-01 M test | rejected ayse 1d: Bitte kleiner. | Versuch.
15 11:00 | johanna | Lagerverwaltung | told-lapsed-01 S production | open | Nicht eilig.
-30 | erika | Webshop | told-waiting-01 S production | open | Eilig.
`,
};

interface Request {
  readonly id: string;
  readonly state: string;
  readonly name: string;
  readonly submittedAt: string;
  readonly changedAt: string;
}
interface Detail extends Request {
  readonly result: { readonly vmId: string } | null;
  readonly timeline: { readonly at: string; readonly what: string }[];
}

let stack: Stack;
let jonas: Person;
let renate: Person;
let timeOf: (when: string) => Date;
let tell: () => Promise<void>;
beforeAll(async () => {
  stack = await startStack();
  const [{ tellHistory }, story] = await Promise.all([import('../src/job/history.js'), import('../src/job/story.js')]);
  timeOf = (when) => story.timeOf(when, anchor);
  tell = () => tellHistory(stack.settings, stack.vcsim, { anchor, chronicles: [chronicle] });
  await tell();
  [jonas, renate] = (await Promise.all([signIn(stack, 'jonas'), signIn(stack, 'renate')])) as [Person, Person];
}, 240_000);
afterAll(() => stopStack(stack));

const told = async () =>
  (await jonas.get<{ items: Request[] }>('/requests?limit=200')).items.filter(({ name }) => name.startsWith('told-'));
async function toldAs(name: string): Promise<Detail> {
  const found = (await told()).find((request) => request.name === name);
  return jonas.get<Detail>(`/requests/${found?.id}`);
}
/** All that is stored, but for signing in: who tells it does that each time. */
const facts = async () =>
  (
    await Promise.all(
      services.map((context) =>
        lookInside<{ count: string }>(stack, `SELECT count(*) FROM ${context}.event WHERE type <> 'tenant.signed-in'`),
      ),
    )
  ).flat();
/** Whole minutes from the story's time to this one. */
const minutesAfter = (when: string, time: string | undefined) =>
  Math.floor((new Date(time ?? 0).getTime() - timeOf(when).getTime()) / minuteMs);

describe('a history that is told', () => {
  it('plays each act when its story says, and all that follows from it right after', async () => {
    const made = await toldAs('told-made-01');
    const at = (what: string) => made.timeline.find((line) => line.what === what)?.at;
    expect(made.state).toBe('ready');
    expect(minutesAfter('19 09:00', made.submittedAt)).toBe(0);
    const following = ['approval.stage-approved', 'request.approved', 'request.ready'];
    expect(following.map((what) => minutesAfter('19 11:00', at(what)))).toEqual([0, 0, 0]);
    const refused = await toldAs('told-refused-01');
    expect([refused.state, minutesAfter('17 10:23', refused.timeline.at(-1)?.at)]).toEqual(['rejected', 0]);
  });

  it('lets what nobody decided lapse on the day it was promised', async () => {
    const lapsed = await eventually(
      async () => {
        const request = await toldAs('told-lapsed-01');
        return request.state === 'expired' ? request : undefined;
      },
      { timeoutMs: 120_000, what: 'the deadline that is past' },
    );
    const days = (new Date(lapsed.timeline.at(-1)?.at ?? 0).getTime() - timeOf('15 11:00').getTime()) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(7);
    expect(days).toBeLessThan(7.01);
    expect((await toldAs('told-waiting-01')).state).toBe('submitted');
  }, 150_000);

  it('shows in decisions, reports and machines as long ago', async () => {
    const { items } = await renate.get<{ items: { vm: { name: string }; waitedMs: number; decidedAt: string }[] }>(
      '/decisions?limit=200',
    );
    const decided = items.find(({ vm }) => vm.name === 'told-made-01');
    expect(Math.round((decided?.waitedMs ?? 0) / minuteMs)).toBe(120);
    expect(minutesAfter('19 11:00', decided?.decidedAt)).toBe(0);
    const vm = await jonas.get<{ createdAt: string; power: string }>(
      `/vms/${(await toldAs('told-made-01')).result?.vmId}`,
    );
    expect([minutesAfter('19 11:00', vm.createdAt), vm.power]).toEqual([0, 'off']);
    const { days } = await renate.get<{ days: { day: string; machines: number }[] }>('/reports/machines?days=31');
    const made = timeOf('19 11:00').toISOString().slice(0, 10);
    expect(days.filter(({ machines }) => machines > 0)[0]?.day).toBe(made);
  });

  it('says in the trail when it happened and when it was written, and the trail verifies', async () => {
    const { id } = await toldAs('told-made-01');
    const { items } = await renate.get<{ items: { time: string; recordedAt: string }[] }>(
      `/audit?stream=vm-request:${id}`,
    );
    expect(items.length).toBeGreaterThan(2);
    for (const { time, recordedAt } of items) {
      expect(minutesAfter('19 09:00', time)).toBeLessThanOrEqual(121);
      expect(new Date(recordedAt).getTime()).toBeGreaterThan(anchor.getTime());
    }
    const client = await verifierOf(stack);
    try {
      const findings = [];
      for await (const finding of verifyTrail(client)) findings.push(finding);
      expect(findings).toEqual([]);
    } finally {
      await client.end();
    }
  });

  it('is no news to anybody', async () => {
    const erika = await signIn(stack, 'erika');
    const { items, unread } = await erika.get<{ items: { vmName: string }[]; unread: number }>('/notifications');
    expect([items.map(({ vmName }) => vmName).includes('told-made-01'), unread]).toEqual([true, 0]);
  });

  it('doubles nothing when it is told again', async () => {
    const before = await Promise.all([told(), facts()]);
    await tell();
    expect(await Promise.all([told(), facts()])).toEqual(before);
  }, 120_000);
});
