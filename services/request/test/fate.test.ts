import { randomUUID } from 'node:crypto';
import {
  cancelRequest,
  caseExpired,
  caseRejected,
  getRequest,
  type RequestState,
  requestApproved,
  requestCancelled,
  requestCancelRequested,
  runCancelled,
  runFailed,
  vmNotCustomised,
} from '@dvmm/contracts';
import { isRefusal, type Recorded } from '@eaf/messaging/contract';
import { describe, expect, it } from 'vitest';
import { grant, newTenant, requestUnderTest, runOf, submit } from './request-under-test.js';

const request = requestUnderTest();

type People = ReturnType<typeof newTenant>;

async function submitted(people: People, name = 'web-01') {
  const { id } = await submit(request, people.erika, name);
  const { contentHash } = await found(people, id);
  const stream = `approval-case:${id}`;
  return {
    ...people,
    id,
    contentHash,
    run: runOf(request, people.tenant, id, name),
    ofCase: { tenant: people.tenant, stream },
  };
}
type Submitted = Awaited<ReturnType<typeof submitted>>;

async function found({ administrator }: People, id: string) {
  const reply = await request.ask(getRequest, { id }, administrator);
  if (isRefusal(reply)) throw new Error(reply.refused);
  return reply;
}

const approved = ({ tenant, id, contentHash }: Submitted) => grant(request, tenant, id, contentHash);
const rejected = ({ erika, id, ofCase }: Submitted) =>
  request.tell(caseRejected, { requestId: id, by: randomUUID(), reason: `sealed:${erika.actorId}:no` }, ofCase);
const expired = ({ id, ofCase }: Submitted) => request.tell(caseExpired, { requestId: id }, ofCase);
const failed = ({ run }: Submitted, nothingLeft = true) =>
  request.tell(
    runFailed,
    { ...run.of, step: 'clone', reason: 'no-resources', detail: 'No host has room.', nothingLeft },
    run.telling,
  );
const notCustomised = ({ run }: Submitted) =>
  request.tell(vmNotCustomised, { ...run.of, vmId: randomUUID(), moref: 'vm-1', reason: 'No host name.' }, run.telling);

/** How a request comes into each state, from others' events alone. */
const ways: Record<RequestState, (one: Submitted) => Promise<unknown>> = {
  submitted: async () => {},
  approved,
  provisioning: async (one) => [await approved(one), await request.settled(), await one.run.started()],
  cancelling: async (one) => [await ways.provisioning(one), await request.settled(), await cancel(one)],
  ready: async (one) => [await ways.provisioning(one), await request.settled(), await one.run.ready()],
  'created-not-customised': async (one) => [await approved(one), await request.settled(), await notCustomised(one)],
  failed: async (one) => [await approved(one), await request.settled(), await failed(one)],
  rejected,
  cancelled: (one) => cancel(one),
  expired,
};
const afterCancel: Record<RequestState, RequestState | 'request.already-ended'> = {
  submitted: 'cancelled',
  approved: 'cancelling',
  provisioning: 'cancelling',
  cancelling: 'cancelling',
  cancelled: 'cancelled',
  ready: 'request.already-ended',
  'created-not-customised': 'request.already-ended',
  failed: 'request.already-ended',
  rejected: 'request.already-ended',
  expired: 'request.already-ended',
};

function cancel({ erika, id }: Submitted, as = erika) {
  return request.ask(cancelRequest, { id }, { ...as, roles: [...as.roles, 'user'] }, { idempotencyKey: randomUUID() });
}

async function inState(state: RequestState): Promise<Submitted> {
  const one = await submitted(newTenant());
  await ways[state](one);
  await request.settled();
  expect((await found(one, one.id)).state).toBe(state);
  return one;
}

describe('cancelling', () => {
  for (const [state, then] of Object.entries(afterCancel) as [RequestState, string][]) {
    it(`of a request that is ${state} leads to ${then}`, async () => {
      const one = await inState(state);
      const reply = await cancel(one);
      expect(isRefusal(reply) ? reply.refused : reply.state).toBe(then);
      expect((await found(one, one.id)).state).toBe(isRefusal(reply) ? state : then);
    });
  }

  it('ends once provisioning proves nothing left', async () => {
    const one = await inState('cancelling');
    await request.tell(runCancelled, one.run.of, one.run.telling);
    await request.settled();
    expect((await found(one, one.id)).state).toBe('cancelled');
  });

  it('is for requester, project lead and administrators', async () => {
    for (const who of ['erika', 'lead', 'administrator'] as const) {
      const one = await submitted(newTenant());
      expect(await cancel(one, one[who])).toEqual({ id: one.id, state: 'cancelled' });
    }
  });

  it('shows everybody else a request that is absent', async () => {
    const one = await submitted(newTenant());
    const elsewhere = newTenant();
    for (const who of [one.colleague, one.stranger, one.bernd, one.auditor, elsewhere.erika, elsewhere.administrator]) {
      expect(await cancel(one, who)).toEqual({ refused: 'not-found', detail: {} });
    }
    expect((await found(one, one.id)).state).toBe('submitted');
  });

  it('meets a grant at one moment: one fate', async () => {
    const people = newTenant();
    const all = await Promise.all(Array.from({ length: 20 }, (_, index) => submitted(people, `web-${index + 10}`)));
    const cancels = all.map((one) => cancel(one));
    // An event is heard sooner than a question is answered, so each grant follows the answer to a cancel some places before.
    await Promise.all(all.map(async (one, index) => [await cancels[index - 7], await approved(one)]));
    const replies = await Promise.all(cancels);
    await request.settled();
    const ids = (facts: Recorded<{ type: string; data: { requestId: string } }>[]) =>
      new Set(facts.map(({ data }) => data.requestId));
    const granted = ids(request.factsOf(requestApproved));
    const ended = ids(request.factsOf(requestCancelled));
    const withdrawn = ids(request.factsOf(requestCancelRequested));
    for (const [index, { id }] of all.entries()) {
      const reply = replies[index];
      expect(reply && !isRefusal(reply) && reply.state).toBe(granted.has(id) ? 'cancelling' : 'cancelled');
      expect([ended.has(id), withdrawn.has(id)]).toEqual([!granted.has(id), granted.has(id)]);
    }
  });
});

describe('what others say', () => {
  it('approves nothing but what the approver saw', async () => {
    const one = await submitted(newTenant());
    await grant(request, one.tenant, one.id, 'another hash');
    await request.settled();
    expect((await found(one, one.id)).state).toBe('submitted');
  });

  it('changes nothing when it is said again', async () => {
    const one = await submitted(newTenant());
    const said = [await approved(one)];
    await request.settled(); // Provisioning begins once it has heard that the request is approved.
    said.push(await one.run.started(), await one.run.ready());
    await request.settled();
    const before = await found(one, one.id);
    const facts = request.facts.length;
    for (const event of [...said, ...said.toReversed()]) await request.tellAgain(event);
    await request.settled();
    expect(await found(one, one.id)).toEqual(before);
    expect(request.facts).toHaveLength(facts);
    expect(before.state).toBe('ready');
  });

  it('of another tenant changes nothing here', async () => {
    const one = await submitted(newTenant());
    await grant(request, newTenant().tenant, one.id, one.contentHash);
    await request.settled();
    expect((await found(one, one.id)).state).toBe('submitted');
  });

  it('leaves a failed request to the administrator while something is left', async () => {
    const one = await submitted(newTenant());
    await approved(one);
    await request.settled();
    await failed(one, false);
    await request.settled();
    expect(await found(one, one.id)).toMatchObject({ state: 'failed', failure: { detail: 'No host has room.' } });
    await one.run.ready();
    await request.settled();
    expect(await found(one, one.id)).toMatchObject({ state: 'ready', failure: null });
  });
});
