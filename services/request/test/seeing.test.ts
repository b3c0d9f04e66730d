import { randomUUID } from 'node:crypto';
import {
  approversChanged,
  cancelRequest,
  caseGranted,
  caseOpened,
  caseRejected,
  checkVm,
  forecastApproval,
  getRequest,
  listRequests,
  nobodyMayDecide,
  previewQuota,
  previewRequest,
  runResumed,
  runWaiting,
  stageApproved,
  stageOpened,
  stepDone,
  stepIntended,
  stepProgressed,
} from '@dvmm/contracts';
import { isRefusal, refuse } from '@eaf/messaging/contract';
import type { Asking } from '@eaf/service-testing';
import { afterEach, describe, expect, it } from 'vitest';
import {
  answerAsUsual,
  grant,
  newTenant,
  project,
  requestUnderTest,
  runOf,
  sizeM,
  submit,
  wish,
} from './request-under-test.js';

const request = requestUnderTest();
afterEach(() => answerAsUsual(request));

type Query = Parameters<typeof listRequests.input.parse>[0] & object;

async function list(asking: Asking, query: Query = {}) {
  const reply = await request.ask(listRequests, query, asking);
  if (isRefusal(reply)) throw new Error('refused');
  return reply;
}
const idsSeenBy = async (asking: Asking, query: Query = {}) => (await list(asking, query)).items.map(({ id }) => id);

async function found(asking: Asking, id: string) {
  const reply = await request.ask(getRequest, { id }, asking);
  if (isRefusal(reply)) throw new Error(reply.refused);
  return reply;
}

const stage = { number: 1, name: 'Fachbereich' };
async function stageOpenedFor(tenant: string, requestId: string, approverIds: string[]) {
  await request.tell(
    stageOpened,
    { requestId, stage, approverIds, quorum: 1, escalatedToAdministrators: false },
    { tenant, stream: `approval-case:${requestId}` },
  );
  await request.settled();
}

describe('the timeline', () => {
  it('tells who did what, in order, with reasons', async () => {
    const { tenant, erika, bernd } = newTenant();
    const { id } = await submit(request, erika, 'web-01');
    const { contentHash } = await found(erika, id);
    await stageOpenedFor(tenant, id, [bernd.actorId]);
    const ofCase = { tenant, stream: `approval-case:${id}` };
    await request.tell(stageApproved, { requestId: id, stage, by: bernd.actorId, stageComplete: true }, ofCase);
    await grant(request, tenant, id, contentHash);
    await request.settled();
    const { started, ready, of, telling } = runOf(request, tenant, id, 'web-01');
    await started();
    await request.tell(stepIntended, { ...of, step: 'clone', attempt: 1 }, telling);
    await request.tell(stepProgressed, { ...of, step: 'clone', percent: 50 }, telling);
    await request.tell(stepDone, { ...of, step: 'clone', durationMs: 1_200, moref: 'vm-7' }, telling);
    await ready();
    await request.settled();
    const { timeline, result, state } = await found(erika, id);
    expect(timeline.map(({ what, who }) => [what, who.id])).toEqual([
      ['request.submitted', erika.actorId],
      ['approval.stage-opened', 'system:approval'],
      ['approval.stage-approved', bernd.actorId],
      ['request.approved', 'system:request'],
      ['request.provisioning-started', 'system:request'],
      ['provisioning.step-intended', 'system:provisioning'],
      ['provisioning.step-progressed', 'system:provisioning'],
      ['provisioning.step-done', 'system:provisioning'],
      ['request.ready', 'system:request'],
    ]);
    expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).sort());
    expect([state, result?.addresses]).toEqual(['ready', ['10.0.0.7']]);
  });

  it('says which policy granted by itself', async () => {
    const { tenant, erika } = newTenant();
    const { id } = await submit(request, erika, 'web-01');
    const { contentHash, vm } = await found(erika, id);
    const policy = { id: randomUUID(), name: 'Klein genug', version: 4 };
    const opened = {
      requestId: id,
      requesterId: erika.actorId,
      vm,
      justification: null,
      contentHash,
      policy,
      stages: [],
    };
    await request.tell(caseOpened, opened, { tenant, stream: `approval-case:${id}` });
    const granted = { requestId: id, contentHash, automatic: true, approverIds: [] };
    await request.tell(caseGranted, granted, { tenant, stream: `approval-case:${id}` });
    await request.settled();
    const { timeline } = await found(erika, id);
    expect(timeline.map(({ what, detail }) => [what, detail])).toEqual([
      ['request.submitted', {}],
      ['approval.case-opened', { policy: { name: 'Klein genug', version: 4 }, stages: 0 }],
      ['request.approved', { automatic: true }],
    ]);
  });

  it('shows a wait while it lasts, and no longer', async () => {
    const { tenant, erika } = newTenant();
    const { id } = await submit(request, erika, 'web-01');
    await grant(request, tenant, id, (await found(erika, id)).contentHash);
    await request.settled();
    const { started, of, telling } = runOf(request, tenant, id, 'web-01');
    await started();
    const waits = { ...of, step: 'clone' as const, reason: 'vcenter-away', detail: 'No answer.', until: null };
    const { time } = await request.tell(runWaiting, waits, telling);
    await request.settled();
    const { waiting, timeline } = await found(erika, id);
    expect(waiting).toEqual({ reason: 'vcenter-away', since: time.toISOString() });
    expect(timeline.find(({ what }) => what === 'provisioning.run-waiting')?.detail).toEqual({
      step: 'clone',
      reason: 'vcenter-away',
      detail: 'No answer.',
      until: null,
    });
    await request.tell(runResumed, { ...of, step: 'clone' }, telling);
    await request.settled();
    expect((await found(erika, id)).waiting).toBeNull();
  });

  it('says that nobody may decide, until somebody may', async () => {
    const { tenant, erika, bernd } = newTenant();
    const { id } = await submit(request, erika, 'web-01');
    const ofCase = { tenant, stream: `approval-case:${id}` };
    await request.tell(nobodyMayDecide, { requestId: id, stage }, ofCase);
    await request.settled();
    expect((await found(erika, id)).waiting).toMatchObject({ reason: 'nobody-may-decide' });
    const changed = { requestId: id, stage, approverIds: [bernd.actorId], escalatedToAdministrators: false };
    await request.tell(approversChanged, changed, ofCase);
    await request.settled();
    expect((await found(bernd, id)).waiting).toBeNull();
  });

  it('begins no wait for a request that has ended', async () => {
    const { tenant, erika } = newTenant();
    const { id } = await submit(request, erika, 'web-01');
    await request.ask(cancelRequest, { id }, erika);
    await request.tell(nobodyMayDecide, { requestId: id, stage }, { tenant, stream: `approval-case:${id}` });
    await request.settled();
    expect((await found(erika, id)).waiting).toBeNull();
  });

  it('ends that wait, too, once a stage opens', async () => {
    const { tenant, erika, bernd } = newTenant();
    const { id } = await submit(request, erika, 'web-01');
    await request.tell(nobodyMayDecide, { requestId: id, stage }, { tenant, stream: `approval-case:${id}` });
    await request.settled();
    await stageOpenedFor(tenant, id, [bernd.actorId]);
    expect((await found(erika, id)).waiting).toBeNull();
  });

  it('keeps reasons from colleagues of the project', async () => {
    const { tenant, erika, colleague, lead, bernd, administrator, auditor } = newTenant();
    const { id } = await submit(request, erika, 'web-01', { justification: 'Für den Shop' });
    await stageOpenedFor(tenant, id, [bernd.actorId]);
    const reason = `sealed:${bernd.actorId}:too-big`;
    await request.tell(
      caseRejected,
      { requestId: id, by: bernd.actorId, reason },
      { tenant, stream: `approval-case:${id}` },
    );
    await request.settled();
    for (const reader of [erika, bernd, administrator, auditor]) {
      const { justification, timeline } = await found(reader, id);
      expect([justification !== null, timeline.at(-1)?.why]).toEqual([true, reason]);
    }
    for (const reader of [colleague, lead]) {
      const { justification, timeline } = await found(reader, id);
      expect([justification, timeline.at(-1)?.why]).toEqual([null, null]);
    }
  });
});

describe('the list', () => {
  it('shows each person what she may see', async () => {
    const people = newTenant();
    const { tenant, erika, colleague, lead, stranger, bernd, administrator, auditor } = people;
    const { id } = await submit(request, erika, 'web-01');
    await request.settled();
    expect(await idsSeenBy(bernd)).toEqual([]); // An approver sees a case once it names her.
    await stageOpenedFor(tenant, id, [bernd.actorId]);
    for (const who of [erika, colleague, lead, bernd, administrator, auditor]) {
      expect([await idsSeenBy(who), (await found(who, id)).id]).toEqual([[id], id]);
    }
    const elsewhere = newTenant();
    for (const who of [stranger, elsewhere.erika, elsewhere.administrator, elsewhere.auditor]) {
      expect(await idsSeenBy(who)).toEqual([]);
      expect(await request.ask(getRequest, { id }, who)).toEqual({ refused: 'not-found', detail: {} });
    }
  });

  it('shows a former approver what named her once', async () => {
    const { tenant, erika, bernd } = newTenant();
    const { id } = await submit(request, erika, 'web-01');
    await stageOpenedFor(tenant, id, [bernd.actorId]);
    const changed = { requestId: id, stage, approverIds: [randomUUID()], escalatedToAdministrators: true };
    await request.tell(approversChanged, changed, { tenant, stream: `approval-case:${id}` });
    await request.settled();
    expect(await idsSeenBy(bernd)).toEqual([id]);
  });

  it('pages through everything once, newest first', async () => {
    const { erika } = newTenant();
    const submitted: string[] = [];
    for (const index of Array.from({ length: 7 }).keys())
      submitted.push((await submit(request, erika, `web-${index + 10}`)).id);
    const seen: string[] = [];
    let cursor: string | null | undefined;
    let pages = 0;
    while (cursor !== null) {
      const page = await list(erika, { limit: 3, ...(cursor ? { cursor } : {}) });
      // What is asked for meanwhile stands before the pages that follow.
      if (pages === 0) await submit(request, erika, 'web-late');
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
      pages++;
    }
    expect([seen, pages]).toEqual([submitted.toReversed(), 3]);
  });

  it('begins anew for a cursor that is forged', async () => {
    const { erika } = newTenant();
    const { id } = await submit(request, erika, 'web-01');
    const forged = [['x'], ['2026-01-01T00:00:00.000Z', "' OR 1=1 --"], ['not a time', randomUUID()], 7, null];
    for (const cursor of ['???', ...forged.map((key) => Buffer.from(JSON.stringify(key)).toString('base64url'))]) {
      expect(await idsSeenBy(erika, { cursor })).toEqual([id]);
    }
  });

  it('filters by state, project, name and mine', async () => {
    const { erika, colleague } = newTenant();
    const shop = (await submit(request, erika, 'shop-01')).id;
    const web = (await submit(request, erika, 'web-01')).id;
    const theirs = (await submit(request, colleague, 'web-02')).id;
    await request.ask(cancelRequest, { id: web }, erika, { idempotencyKey: randomUUID() });
    expect(await idsSeenBy(erika)).toEqual([theirs, web, shop]);
    expect(await idsSeenBy(erika, { state: 'cancelled' })).toEqual([web]);
    expect(await idsSeenBy(erika, { mine: 'true' })).toEqual([web, shop]);
    expect(await idsSeenBy(erika, { name: 'web' })).toEqual([theirs, web]);
    expect(await idsSeenBy(erika, { name: '%' })).toEqual([]); // A part of the name, no pattern.
    expect(await idsSeenBy(erika, { projectId: project.id })).toEqual([theirs, web, shop]);
    expect(await idsSeenBy(erika, { projectId: randomUUID() })).toEqual([]);
  });
});

describe('the preview', () => {
  const preview = async (asking: Asking) => {
    const reply = await request.ask(previewRequest, wish('web-01'), asking);
    if (isRefusal(reply)) throw new Error(reply.refused);
    return reply;
  };

  it('shows price, quota, approvers and vCenter, storing nothing', async () => {
    const { tenant, erika } = newTenant();
    const shown = await preview(erika);
    expect(shown).toMatchObject({
      size: sizeM,
      quotas: [{ dimension: 'vms', before: 9, after: 10, fits: true }],
      approval: { automatic: false, stages: [{ name: 'Genehmigung' }] },
      vcenter: { name: { free: true }, template: 'there' },
      wouldBeRefused: [],
    });
    expect(await request.rows('SELECT 1 FROM event WHERE tenant_id = $1', [tenant])).toEqual([]);
  });

  const silent = [
    {
      peer: 'tenant',
      operation: previewQuota,
      unknown: { size: null, quotas: null, approval: null },
      known: 'vcenter',
    },
    { peer: 'provisioning', operation: checkVm, unknown: { vcenter: null }, known: 'approval' },
    { peer: 'approval', operation: forecastApproval, unknown: { approval: null }, known: 'quotas' },
  ] as const;
  for (const { peer, operation, unknown, known } of silent) {
    it(`says unknown within a second while ${peer} is silent`, async () => {
      const { erika } = newTenant();
      request.peers.answer(operation, () => undefined);
      const began = performance.now();
      const shown = await preview(erika);
      expect(performance.now() - began).toBeLessThan(1_000);
      expect(shown).toMatchObject({ ...unknown, wouldBeRefused: [] });
      expect(shown[known]).not.toBeNull();
    });
    it(`says unknown at once while ${peer} is gone`, async () => {
      await request.peers.leave(operation);
      expect(await preview(newTenant().erika)).toMatchObject(unknown);
    });
  }

  it('names everything that would be refused, by field', async () => {
    const { erika } = newTenant();
    const quota = { scope: 'project', dimension: 'vcpus', limit: 4, before: 3, after: 7, fits: false } as const;
    request.peers.answer(previewQuota, () => ({ project, size: sizeM, quotas: [quota] }));
    request.peers.answer(checkVm, () => ({
      name: { free: false, suggestion: 'web-02', mustBegin: 'sw-' },
      template: 'missing',
      network: 'full',
      vcenterAwaySince: null,
      asOf: null,
    }));
    const { wouldBeRefused } = await preview(erika);
    expect(wouldBeRefused.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['quota.exceeded', '/size'],
      ['name.breaks-rule', '/name'],
      ['name.taken', '/name'],
      ['template.unknown', '/templateId'],
      ['network.full', '/networkId'],
    ]);
  });

  it('calls a name that is not known to be free no refusal', async () => {
    const { erika } = newTenant();
    request.peers.answer(checkVm, () => ({
      name: { free: null, suggestion: null, mustBegin: null },
      template: 'unknown',
      network: 'unknown',
      vcenterAwaySince: null,
      asOf: null,
    }));
    const { vcenter, wouldBeRefused } = await preview(erika);
    expect(vcenter?.name.free).toBeNull();
    expect(wouldBeRefused).toEqual([]);
  });

  it('refuses a project that is not hers', async () => {
    const { stranger } = newTenant();
    request.peers.answer(previewQuota, () => refuse('project.not-a-member', { project: project.name }));
    const reply = await request.ask(previewRequest, wish('web-01'), stranger);
    expect(reply).toEqual({ refused: 'project.not-a-member', detail: { project: 'Webshop' } });
  });
});
