import { randomUUID } from 'node:crypto';
import {
  approversChanged,
  caseClosed,
  caseExpired,
  caseGranted,
  caseOpened,
  caseRejected,
  forecastApproval,
  getPolicyVersion,
  listApprovals,
  listDecisions,
  listOwnDecisions,
  nobodyMayDecide,
  ownRequestRefused,
  type Role,
  requestCancelled,
  requestSubmitted,
  reviewDecisions,
  reviewProject,
  stageApproved,
  stageOpened,
} from '@dvmm/contracts';
import { type EventDefinition, isRefusal } from '@eaf/messaging/contract';
import type { Asking } from '@eaf/service-testing';
import { eventually } from '@eaf/testing';
import { describe, expect, it, vi } from 'vitest';
import { Electorates } from '../src/electorates.js';
import { approvalUnderTest, type House, newHouse, project, said, stage, vm } from './approval-under-test.js';

const approval = approvalUnderTest();

const of = <D extends EventDefinition>(fact: D, requestId: string) =>
  approval.factsOf(fact).filter(({ data }) => (data as { requestId: string }).requestId === requestId);
const openedFor = (requestId: string) => of(stageOpened, requestId).at(-1)?.data;

async function queueOf(person: Asking, outcome: 'open' | 'granted' | 'rejected' | 'closed' = 'open') {
  const reply = await approval.ask(listApprovals, { outcome }, person);
  if (isRefusal(reply)) throw new Error('refused');
  return reply.items;
}

describe('a policy', () => {
  it('in a new version leaves open cases under theirs', async () => {
    const house = await newHouse(approval);
    const [bernd, clara] = [await house.join('approver'), await house.join('approver')];
    await house.policy({ stages: [stage('Fachbereich'), stage('Betrieb')] });
    const before = await house.submitted(house.erika);
    await house.policy({ stages: [stage('Nur einer')] });
    const after = await house.submitted(house.erika);
    expect([said(await house.approve(bernd, before)), said(await house.approve(bernd, after))]).toEqual([
      'open',
      'granted',
    ]);
    expect(said(await house.approve(clara, before))).toBe('granted');
    await approval.settled();
    const versions = [before, after].map((id) => of(caseOpened, id)[0]?.data.policy.version);
    expect(versions).toEqual([1, 2]);
    const { policy } = of(caseOpened, before)[0]?.data ?? {};
    const administrator = { ...bernd, roles: ['tenant-admin'] };
    const old = await approval.ask(getPolicyVersion, { id: policy?.id ?? '', version: 1 }, administrator);
    expect(old).toMatchObject({ stages: [{ name: 'Fachbereich' }, { name: 'Betrieb' }] });
  });

  it("of the project goes before the tenant's", async () => {
    const house = await newHouse(approval);
    await house.join('approver');
    await house.policy({ name: 'Mandant', stages: [stage('one')] });
    await house.policy({ name: 'Projekt', projectId: project.id, stages: [stage('one')] });
    const own = await house.submitted(house.erika);
    const other = await house.submitted(house.erika, { project: { id: randomUUID(), name: 'Labor' } });
    expect([own, other].map((id) => of(caseOpened, id)[0]?.data.policy.name)).toEqual(['Projekt', 'Mandant']);
  });

  it('grants by itself what fits its condition, nothing else', async () => {
    const house = await newHouse(approval);
    await house.join('approver');
    await house.policy({ automaticWhen: { environments: ['test'], maxMonthlyCostCents: 4200 } });
    const cheap = await house.submitted(house.erika, { environment: 'test' });
    const important = await house.submitted(house.erika, { environment: 'production' });
    const dear = await house.submitted(house.erika, { size: { ...vm().size, monthlyCostCents: 4201 } });
    expect(of(caseGranted, cheap).map(({ data }) => [data.automatic, data.contentHash])).toEqual([[true, 'h1']]);
    expect([...of(caseGranted, important), ...of(caseGranted, dear)]).toEqual([]);
  });

  it('that names a stranger is refused', async () => {
    const house = await newHouse(approval);
    const stages = [{ name: 'Fremd', approvers: [{ personId: randomUUID() }], quorum: 1 }];
    expect(await house.policy({ stages })).toEqual({ refused: 'policy.approver-unknown', detail: { stage: 'Fremd' } });
  });

  it('that could never be met is refused', async () => {
    const house = await newHouse(approval);
    await house.join('approver');
    expect(await house.policy({ stages: [stage('Zwei', 2)] })).toEqual({
      refused: 'policy.quorum-unreachable',
      detail: { stage: 'Zwei', quorum: 2, people: 1 },
    });
    expect(await house.policy({ automaticWhen: {} })).toMatchObject({ refused: 'policy.condition-empty' });
  });
});

describe('stages', () => {
  it('open one after another, each at its quorum', async () => {
    const house = await newHouse(approval);
    const [bernd, clara, dora] = [
      await house.join('approver'),
      await house.join('approver'),
      await house.join('approver'),
    ];
    await house.policy({ stages: [stage('Fachbereich', 2), stage('Betrieb')] });
    const id = await house.submitted(house.erika);
    const outcomes = [];
    for (const who of [bernd, bernd, clara, clara, dora]) outcomes.push(said(await house.approve(who, id)));
    // A person counts once in a case, over all its stages.
    expect(outcomes).toEqual(['open', 'approval.not-your-turn', 'open', 'approval.not-your-turn', 'granted']);
    await approval.settled();
    expect(of(stageApproved, id).map(({ data }) => [data.stage.number, data.by, data.stageComplete])).toEqual([
      [1, bernd.actorId, false],
      [1, clara.actorId, true],
      [2, dora.actorId, true],
    ]);
    expect(of(caseGranted, id).map(({ data }) => data.approverIds)).toEqual([
      [bernd, clara, dora].map((who) => who.actorId),
    ]);
  });

  it('grant once when all approve at one moment', async () => {
    const house = await newHouse(approval);
    const people = await Promise.all(Array.from({ length: 3 }, () => house.join('approver')));
    await house.policy({ stages: [stage('Zwei', 2)] });
    for (let round = 0; round < 5; round++) {
      const id = await house.submitted(house.erika);
      const outcomes = (await Promise.all(people.map((who) => house.approve(who, id)))).map(said).sort();
      await approval.settled();
      expect(outcomes).toEqual(['approval.already-decided', 'granted', 'open']);
      expect([of(caseGranted, id).length, of(stageApproved, id).length]).toEqual([1, 2]);
    }
  });

  it('have one outcome when approved and rejected at once', async () => {
    const house = await newHouse(approval);
    const [bernd, clara] = [await house.join('approver'), await house.join('approver')];
    for (let round = 0; round < 10; round++) {
      const id = await house.submitted(house.erika);
      const outcomes = (await Promise.all([house.approve(bernd, id), house.reject(clara, id)])).map(said);
      await approval.settled();
      const [granted, rejected] = [of(caseGranted, id).length, of(caseRejected, id).length];
      expect(granted + rejected).toBe(1);
      expect(outcomes).toEqual(
        granted ? ['granted', 'approval.already-decided'] : ['approval.already-decided', 'rejected'],
      );
      expect(await approval.rows('SELECT verdict FROM decision WHERE request_id = $1', [id])).toHaveLength(1);
    }
  });

  it('name project leads where the policy says so', async () => {
    const house = await newHouse(approval);
    const [lead, bernd] = [await house.join('user'), await house.join('approver')];
    await house.leads(lead);
    await house.policy({ stages: [{ name: 'Leitung', approvers: [{ role: 'lead', of: 'project' }], quorum: 1 }] });
    const id = await house.submitted(house.erika);
    expect(openedFor(id)?.approverIds).toEqual([lead.actorId]);
    expect(said(await house.approve(bernd, id))).toBe('not-found');
    expect(said(await house.approve(lead, id))).toBe('granted');
  });
});

describe('a stage', () => {
  it('does not stay with somebody whose role was taken while it opened', async () => {
    const house = await newHouse(approval);
    const [bernd, clara] = [await house.join('approver'), await house.join('approver')];
    await house.policy({});
    await approval.settled();
    const read = Electorates.prototype.of;
    const between = vi.spyOn(Electorates.prototype, 'of').mockImplementationOnce(async function (
      this: Electorates,
      ...asked: Parameters<typeof read>
    ) {
      const before = await read.apply(this, asked);
      await house.setRoles(bernd, 'user');
      await eventually(
        async () => {
          const rows = await approval.rows(
            `SELECT 1 FROM person_role WHERE tenant_id = $1 AND person_id = $2 AND roles = '{user}'
             AND NOT EXISTS (SELECT 1 FROM due WHERE tenant_id = $1)`,
            [house.tenant, bernd.actorId],
          );
          return rows.length === 1;
        },
        { what: 'the role being taken and open cases looked at anew' },
      );
      return before;
    });
    const id = await house.submitted(house.erika);
    between.mockRestore();
    await eventually(() => of(approversChanged, id).length === 1, { what: 'the stage being looked at again' });
    expect(of(approversChanged, id)[0]?.data.approverIds).toEqual([clara.actorId]);
    expect(said(await house.approve(bernd, id))).toBe('approval.not-your-turn');
  });
});

describe("one's own request", () => {
  it('is refused by every role, and noted', async () => {
    for (const roles of [
      ['approver'],
      ['tenant-admin'],
      ['auditor'],
      ['approver', 'tenant-admin', 'user'],
    ] as Role[][]) {
      const house = await newHouse(approval);
      const [self] = [await house.join(...roles), await house.join('approver')];
      await house.leads(self);
      await house.policy({
        stages: [{ name: 'one', approvers: [{ personId: self.actorId }, ...stage('').approvers], quorum: 1 }],
      });
      const id = await house.submitted(self);
      expect([said(await house.approve(self, id)), said(await house.reject(self, id))]).toEqual([
        'approval.own-request',
        'approval.own-request',
      ]);
      await approval.settled();
      expect(openedFor(id)?.approverIds).not.toContain(self.actorId);
      expect(of(ownRequestRefused, id).map(({ data }) => data.by)).toEqual([self.actorId, self.actorId]);
      expect([...of(caseGranted, id), ...of(caseRejected, id)]).toEqual([]);
    }
  });

  it('is refused after the approver role came later', async () => {
    const house = await newHouse(approval);
    await house.join('approver');
    const id = await house.submitted(house.erika);
    await house.setRoles(house.erika, 'user', 'approver', 'tenant-admin');
    await approval.settled();
    const now = { ...house.erika, roles: ['user', 'approver', 'tenant-admin'] };
    expect(said(await house.approve(now, id))).toBe('approval.own-request');
  });

  it('is refused by the database, whoever inserts', async () => {
    const house = await newHouse(approval);
    const bernd = await house.join('approver');
    const id = await house.submitted(house.erika);
    const insert = (approver: string) =>
      approval.rows(
        `INSERT INTO decision (tenant_id, request_id, approver_id, requester_id, stage, verdict) VALUES ($1, $2, $3, $4, 1, 'approved')`,
        [house.tenant, id, approver, house.erika.actorId],
      );
    await expect(insert(house.erika.actorId)).rejects.toMatchObject({ constraint: 'decision_not_by_requester' });
    // And nobody decides twice in a case.
    expect(said(await house.approve(bernd, id))).toBe('granted');
    await expect(insert(bernd.actorId)).rejects.toMatchObject({ code: '23505' });
  });

  it('goes to the administrators when she alone would decide', async () => {
    const house = await newHouse(approval);
    const self = await house.join('user', 'approver');
    const anna = await house.join('tenant-admin');
    const id = await house.submitted(self);
    expect(openedFor(id)).toMatchObject({ approverIds: [anna.actorId], escalatedToAdministrators: true });
    expect(said(await house.approve(anna, id))).toBe('granted');
  });
});

describe('a case that nobody may decide', () => {
  async function stuck(house: House) {
    const self = await house.join('approver', 'tenant-admin');
    const id = await house.submitted(self);
    expect(of(nobodyMayDecide, id)).toHaveLength(1);
    return { self, id };
  }

  it('waits, is shown, and is never granted', async () => {
    const house = await newHouse(approval);
    const { self, id } = await stuck(house);
    expect((await queueOf(self)).map((one) => [one.id, one.nobodyMayDecide, one.mayDecide])).toEqual([
      [id, true, false],
    ]);
    expect(said(await house.approve(self, id))).toBe('approval.own-request');
    expect(of(caseGranted, id)).toEqual([]);
  });

  it('goes on as soon as somebody joins who may', async () => {
    const house = await newHouse(approval);
    const { id } = await stuck(house);
    const bernd = await house.join('approver');
    await approval.settled();
    expect(openedFor(id)?.approverIds).toEqual([bernd.actorId]);
    expect(said(await house.approve(bernd, id))).toBe('granted');
  });

  it('comes back when the only approver leaves', async () => {
    const house = await newHouse(approval);
    const bernd = await house.join('approver');
    const id = await house.submitted(house.erika);
    await house.setRoles(bernd);
    await approval.settled();
    expect(of(nobodyMayDecide, id)).toHaveLength(1);
    // She was named once: she may read it, and decide nothing.
    expect(said(await house.approve({ ...bernd, roles: [] }, id))).toBe('approval.not-your-turn');
    const clara = await house.join('tenant-admin');
    await approval.settled();
    expect(said(await house.approve(clara, id))).toBe('granted');
  });

  it('keeps half a quorum while it waits', async () => {
    const house = await newHouse(approval);
    const [bernd, clara] = [await house.join('approver'), await house.join('approver')];
    await house.policy({ stages: [stage('Zwei', 2)] });
    const id = await house.submitted(house.erika);
    expect(said(await house.approve(bernd, id))).toBe('open');
    await house.setRoles(clara, 'user');
    await approval.settled();
    expect(of(nobodyMayDecide, id)).toHaveLength(1);
    const dora = await house.join('approver');
    await approval.settled();
    expect(of(approversChanged, id).at(-1)?.data.approverIds).toEqual([dora.actorId]);
    expect(said(await house.approve(dora, id))).toBe('granted');
  });

  it('was foretold by the forecast', async () => {
    const house = await newHouse(approval);
    const self = await house.join('approver', 'user');
    await approval.settled();
    const input = { requesterId: self.actorId, projectId: project.id, size: vm().size, environment: 'test' as const };
    const forecast = () => approval.ask(forecastApproval, input, self, { caller: 'request' });
    expect(await forecast()).toMatchObject({ nobodyMayDecide: true, automatic: false, medianSeconds: null });
    const bernd = await house.join('approver');
    await approval.settled();
    expect(await forecast()).toMatchObject({
      nobodyMayDecide: false,
      stages: [{ approvers: [{ id: bernd.actorId }] }],
    });
    for (let decided = 0; decided < 5; decided++) {
      expect(await forecast()).toMatchObject({ medianSeconds: null, ninetyPercentSeconds: null });
      await house.approve(bernd, await house.submitted(self));
    }
    expect(await forecast()).toMatchObject({
      medianSeconds: expect.any(Number),
      ninetyPercentSeconds: expect.any(Number),
    });
  });
});

describe('a decision', () => {
  it('on another content than was seen is refused', async () => {
    const house = await newHouse(approval);
    const bernd = await house.join('approver');
    const id = await house.submitted(house.erika, { contentHash: 'what-was-asked' });
    expect(said(await house.approve(bernd, id, 'what-was-shown'))).toBe('approval.content-changed');
    expect(said(await house.approve(bernd, id, 'what-was-asked'))).toBe('granted');
    await approval.settled();
    expect(of(caseGranted, id).map(({ data }) => data.contentHash)).toEqual(['what-was-asked']);
  });

  it('is nothing for people whom no case names', async () => {
    const house = await newHouse(approval);
    const bernd = await house.join('approver');
    const id = await house.submitted(house.erika);
    const colleague = await house.join('user');
    const elsewhere = await newHouse(approval);
    const foreigner = await elsewhere.join('approver', 'tenant-admin');
    for (const who of [colleague, foreigner, { ...bernd, tenant: elsewhere.tenant }]) {
      expect([said(await house.approve(who, id)), (await queueOf(who)).length]).toEqual(['not-found', 0]);
    }
    const auditor = await house.join('auditor');
    expect(said(await house.approve(auditor, id))).toBe('approval.not-your-turn'); // She reads all and decides nothing.
    expect((await queueOf(bernd)).map((one) => [one.id, one.mayDecide])).toEqual([[id, true]]);
  });

  it('to reject carries a sealed reason', async () => {
    const house = await newHouse(approval);
    const bernd = await house.join('approver');
    const id = await house.submitted(house.erika);
    await expect(house.reject(bernd, id, ' ')).rejects.toMatchObject({ code: 'invalid-input' });
    expect(said(await house.reject(bernd, id, 'Zu groß für Erika.'))).toBe('rejected');
    const { data } = await approval.fact(caseRejected, (fact) => fact.data.requestId === id);
    expect(data).toEqual({
      requestId: id,
      by: bernd.actorId,
      reason: `sealed:${bernd.actorId}:${btoa('Zu groß für Erika.')}`,
    });
  });

  it('comes too late after the request has ended', async () => {
    const house = await newHouse(approval);
    const bernd = await house.join('approver');
    const id = await house.submitted(house.erika);
    await approval.tell(
      requestCancelled,
      { requestId: id, requesterId: house.erika.actorId },
      { tenant: house.tenant, stream: `vm-request:${id}` },
    );
    await approval.settled();
    expect(said(await house.approve(bernd, id))).toBe('approval.already-decided');
    expect([of(caseClosed, id).length, of(caseGranted, id).length]).toEqual([1, 0]);
  });

  it('is no longer possible once the deadline has passed', async () => {
    const house = await newHouse(approval);
    const bernd = await house.join('approver');
    const [decided, forgotten] = [await house.submitted(house.erika), await house.submitted(house.erika)];
    await house.approve(bernd, decided);
    for (const id of [decided, forgotten]) await approval.ring('case-expiry', id);
    await approval.settled();
    expect([of(caseExpired, decided).length, of(caseExpired, forgotten).length]).toEqual([0, 1]);
    expect(said(await house.approve(bernd, forgotten))).toBe('approval.already-decided');
  });

  it('changes nothing when the submit is heard again', async () => {
    const house = await newHouse(approval);
    await house.join('approver');
    await approval.settled();
    const requestId = randomUUID();
    const data = { requestId, requesterId: house.erika.actorId, vm: vm(), justification: null, contentHash: 'h1' };
    const told = await approval.tell(requestSubmitted, data, {
      tenant: house.tenant,
      stream: `vm-request:${requestId}`,
    });
    await approval.settled();
    await approval.tellAgain(told);
    await approval.settled();
    expect([of(caseOpened, requestId).length, of(stageOpened, requestId).length]).toEqual([1, 1]);
  });
});

describe('the queue', () => {
  it('pages through all once, what waits for me first', async () => {
    const house = await newHouse(approval);
    const [bernd, clara] = [await house.join('approver'), await house.join('approver')];
    await house.policy({ stages: [stage('Zwei', 2)] });
    const [first, second, third] = [
      await house.submitted(house.erika),
      await house.submitted(house.erika),
      await house.submitted(house.erika),
    ];
    await house.approve(bernd, first); // It waits for Clara alone now.
    const pageOf = async (cursor?: string) => {
      const reply = await approval.ask(listApprovals, { limit: 1, ...(cursor ? { cursor } : {}) }, bernd);
      if (isRefusal(reply)) throw new Error('refused');
      return reply;
    };
    const seen: string[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const { items, nextCursor } = await pageOf(cursor);
      seen.push(...items.map(({ id }) => id));
      cursor = nextCursor ?? undefined;
      more = cursor !== undefined;
    }
    expect(seen).toEqual([second, third, first]);
    expect((await queueOf(clara)).map(({ id }) => id)).toEqual([first, second, third]);
    const forged = Buffer.from(JSON.stringify(['0', 'no time', 'no id'])).toString('base64url');
    expect((await pageOf(forged)).items.map(({ id }) => id)).toEqual([second]);
  });
});

describe('what was decided', () => {
  it('by me is listed newest first, with what became of it', async () => {
    const house = await newHouse(approval);
    const [bernd, clara] = [await house.join('approver'), await house.join('approver')];
    await house.policy({ stages: [stage('Zwei', 2)] });
    const [first, second] = [await house.submitted(house.erika), await house.submitted(house.erika)];
    await house.approve(bernd, first);
    await house.reject(bernd, second);
    await house.approve(clara, first);
    const decidedBy = async (person: Asking, more: { limit?: number; cursor?: string } = {}) => {
      const reply = await approval.ask(listOwnDecisions, more, person);
      if (isRefusal(reply)) throw new Error('refused');
      return reply;
    };
    const brief = (all: { items: { id: string; verdict: string; outcome: string }[] }) =>
      all.items.map(({ id, verdict, outcome }) => [id, verdict, outcome]);
    expect(brief(await decidedBy(clara))).toEqual([[first, 'approved', 'granted']]);
    const newest = await decidedBy(bernd, { limit: 1 });
    const before = await decidedBy(bernd, { cursor: newest.nextCursor ?? '' });
    expect([...brief(newest), ...brief(before)]).toEqual([
      [second, 'rejected', 'rejected'],
      [first, 'approved', 'granted'],
    ]);
    expect(await decidedBy(house.erika)).toEqual({ items: [], nextCursor: null });
  });

  it('is read slowest or newest first page by page, each case once, ties too', async () => {
    const house = await newHouse(approval);
    const bernd = await house.join('approver');
    await house.policy({ stages: [stage('one')] });
    const ids: string[] = [];
    for (const _ of Array(5)) ids.push(await house.submitted(house.erika));
    for (const id of ids) await house.approve(bernd, id);
    await house.submitted(house.erika); // Waits, so it is none of them.
    // How long each took, in seconds; nobody can be made to wait for it. Three took the same.
    const seconds = [60, 7_200, 60, 60, 5];
    await approval.rows(
      `UPDATE approval_case SET opened_at = '2026-11-01T08:00Z',
                                decided_at = timestamptz '2026-11-01T08:00Z' + took.seconds * interval '1 second'
       FROM unnest($1::uuid[], $2::integer[]) AS took(id, seconds) WHERE approval_case.id = took.id`,
      [ids, seconds],
    );
    const auditor = { ...bernd, roles: ['auditor' as const] };
    const everyPage = async (order: 'slowest' | 'newest', span: { from?: string; to?: string } = {}) => {
      const pages: { id: string; waitedMs: number }[][] = [];
      let cursor: string | undefined;
      do {
        const reply = await approval.ask(
          listDecisions,
          { order, limit: 2, ...span, ...(cursor ? { cursor } : {}) },
          auditor,
        );
        if (isRefusal(reply)) throw new Error('refused');
        pages.push(reply.items);
        cursor = reply.nextCursor ?? undefined;
      } while (cursor);
      return pages;
    };
    for (const order of ['slowest', 'newest'] as const) {
      const pages = await everyPage(order);
      expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
      expect(pages.flat().map(({ waitedMs }) => waitedMs / 1_000)).toEqual([7_200, 60, 60, 60, 5]);
      expect(
        pages
          .flat()
          .map(({ id }) => id)
          .toSorted(),
      ).toEqual(ids.toSorted());
      expect(await everyPage(order)).toEqual(pages);
    }
    const inHour = await everyPage('slowest', { from: '2026-11-01T08:01:00Z', to: '2026-11-01T10:00:00Z' });
    expect(inHour.flat().map(({ waitedMs }) => waitedMs)).toEqual([60_000, 60_000, 60_000]);
    const rejected = await approval.ask(listDecisions, { outcome: 'rejected' }, auditor);
    expect(rejected).toMatchObject({ items: [] });
    const elsewhere = await (await newHouse(approval)).join('auditor');
    expect(await approval.ask(listDecisions, {}, elsewhere)).toEqual({ items: [], nextCursor: null });
  });

  it('is counted, and compared with who asked by what the case says of it', async () => {
    const house = await newHouse(approval);
    const [bernd, clara] = [await house.join('approver'), await house.join('approver')];
    await house.policy({ automaticWhen: { environments: ['development'] }, stages: [stage('Zwei', 2)] });
    await house.submitted(house.erika, { environment: 'development' });
    const [granted, rejected] = [await house.submitted(house.erika), await house.submitted(house.erika)];
    await house.approve(bernd, granted);
    await house.approve(clara, granted);
    await house.reject(bernd, rejected);
    const auditor = { ...bernd, roles: ['auditor' as const] };
    const review = () => approval.ask(reviewDecisions, {}, auditor);
    expect(await review()).toMatchObject({ granted: 2, rejected: 1, automatic: 1, votes: 3, ownVotes: 0 });

    // The database takes no vote of the requester; one that was forged with another requester in it is found all the same.
    const vote = (requester: string) =>
      approval.rows(
        `INSERT INTO decision (tenant_id, request_id, approver_id, requester_id, stage, verdict)
         VALUES ($1, $2, $3, $4, 0, 'approved')`,
        [house.erika.tenant, rejected, house.erika.actorId, requester],
      );
    await expect(vote(house.erika.actorId)).rejects.toThrow('decision_not_by_requester');
    await vote(randomUUID());
    expect(await review()).toMatchObject({ votes: 4, ownVotes: 1 });
    const before = { from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' };
    expect(await approval.ask(reviewDecisions, before, auditor)).toEqual({
      ...{ granted: 0, rejected: 0, automatic: 0, medianMs: null, ninetyPercentMs: null, votes: 0, ownVotes: 0 },
    });
  });

  it('in a project is told to those who may know the case, and to nobody else', async () => {
    const house = await newHouse(approval);
    const bernd = await house.join('approver');
    await house.policy({ automaticWhen: { environments: ['development'] } });
    await house.submitted(house.erika, { environment: 'development' });
    await house.submitted(house.erika, { project: { id: randomUUID(), name: 'Labor' } });
    await house.approve(bernd, await house.submitted(house.erika));
    await house.reject(bernd, await house.submitted(house.erika));
    const id = await house.submitted(house.erika);
    expect(await approval.ask(reviewProject, { id }, bernd)).toEqual({
      project,
      granted: 2,
      automatic: 1,
      rejected: 1,
      open: 1,
    });
    const elsewhere = await newHouse(approval);
    for (const stranger of [await house.join('user'), await elsewhere.join('approver', 'tenant-admin')]) {
      expect(await approval.ask(reviewProject, { id }, stranger)).toMatchObject({ refused: 'not-found' });
    }
  });
});
