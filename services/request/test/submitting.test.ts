import { randomUUID } from 'node:crypto';
import {
  getRequest,
  holdName,
  requestAbandoned,
  requestSubmitted,
  reserveQuota,
  settleRequest,
  submitRequest,
} from '@dvmm/contracts';
import { isRefusal, refuse } from '@eaf/messaging/contract';
import { afterEach, describe, expect, it } from 'vitest';
import {
  answerAsUsual,
  network,
  newTenant,
  project,
  requestUnderTest,
  sizeM,
  submit,
  template,
  wish,
} from './request-under-test.js';

const request = requestUnderTest();
afterEach(() => answerAsUsual(request));

const settling = (tenant: string) => ({ tenant, actorId: 'system:tenant', roles: [] });
const nameTaken = () => refuse('name.taken', { name: 'web-01', suggestion: 'web-02' });
const submittedOf = (id: string) => request.factsOf(requestSubmitted).filter(({ data }) => data.requestId === id);
const abandonedOf = (id: string) => request.factsOf(requestAbandoned).filter(({ data }) => data.requestId === id);
const reservationsOf = (id: string) =>
  request.peers.askedOf(reserveQuota).filter(({ input }) => input.requestId === id);
const holdsOf = (id: string) => request.peers.askedOf(holdName).filter(({ input }) => input.requestId === id);

describe('submitting', () => {
  it('reserves quota and holds the name for one request', async () => {
    const { erika } = newTenant();
    const { id, vm } = await submit(request, erika, 'web-01');
    await request.fact(requestSubmitted, ({ data }) => data.requestId === id);
    expect(reservationsOf(id).map(({ input, actorId }) => [input, actorId])).toEqual([
      [{ requestId: id, attempt: 0, projectId: project.id, size: 'M' }, erika.actorId],
    ]);
    expect(holdsOf(id).map(({ input }) => input)).toEqual([
      { requestId: id, name: 'web-01', templateId: template.id, networkId: network.id },
    ]);
    expect(vm).toMatchObject({ project, size: sizeM, template, network, name: 'web-01', environment: 'test' });
  });

  it('asks for no name once the quota refuses', async () => {
    const { erika } = newTenant();
    const short = { scope: 'tenant', project: null, dimension: 'vms', limit: 10, left: 0, asked: 1 } as const;
    request.peers.answer(reserveQuota, () => refuse('quota.exceeded', short));
    const key = randomUUID();
    const reply = await request.ask(submitRequest, wish('web-01'), erika, { idempotencyKey: key });
    expect(reply).toEqual({ refused: 'quota.exceeded', detail: short });
    const asked = request.peers.askedOf(reserveQuota).at(-1);
    expect(holdsOf(asked?.input.requestId ?? '')).toEqual([]);
    // Nothing was kept under the key either: the quota may have room the next time.
    answerAsUsual(request);
    expect(await submit(request, erika, 'web-01', { key })).toMatchObject({ state: 'submitted' });
  });

  it('frees the quota every time the name is refused', async () => {
    const { erika } = newTenant();
    const key = randomUUID();
    request.peers.answer(holdName, nameTaken);
    for (const round of [1, 2, 3]) {
      const reply = await request.ask(submitRequest, wish('web-01'), erika, { idempotencyKey: key });
      expect(isRefusal(reply) && reply.refused).toBe('name.taken');
      const { requestId, attempt } = request.peers.askedOf(reserveQuota).at(-1)?.input ?? {
        requestId: '',
        attempt: -1,
      };
      // Tenant frees what an attempt has reserved when it hears of a later `abandoned` of the same request.
      const freed = await request.fact(
        requestAbandoned,
        ({ data, version }) => data.requestId === requestId && version > attempt,
      );
      expect(freed.version).toBe(round);
    }
    answerAsUsual(request);
    const { id } = await submit(request, erika, 'web-02', { key });
    expect(reservationsOf(id).map(({ input }) => input.attempt)).toEqual([0, 1, 2, 3]);
  });

  it('answers a repeated key with the first answer', async () => {
    const { erika } = newTenant();
    const key = randomUUID();
    const first = await submit(request, erika, 'web-01', { key });
    const again = await submit(request, erika, 'web-01', { key });
    await request.settled();
    expect(again).toEqual(first);
    expect(reservationsOf(first.id)).toHaveLength(1);
    expect(submittedOf(first.id)).toHaveLength(1);
  });

  it('refuses other input under a key that was used', async () => {
    const { erika } = newTenant();
    const key = randomUUID();
    const { id } = await submit(request, erika, 'web-01', { key });
    await expect(submit(request, erika, 'web-02', { key })).rejects.toMatchObject({ code: 'key-reused' });
    await request.settled();
    expect(submittedOf(id).map(({ data }) => data.vm.name)).toEqual(['web-01']);
  });

  it("keeps one person's key apart from another's", async () => {
    const { erika, colleague } = newTenant();
    const key = randomUUID();
    const ids = await Promise.all([
      submit(request, erika, 'web-01', { key }),
      submit(request, colleague, 'web-02', { key }),
    ]);
    expect(new Set(ids.map(({ id }) => id)).size).toBe(2);
  });

  it('submits once when one key comes eight times at once', async () => {
    const { erika } = newTenant();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => submit(request, erika, 'web-01', { key })));
    await request.settled();
    const [first] = answers;
    expect(answers).toEqual(answers.map(() => first));
    expect(submittedOf(first?.id ?? '')).toHaveLength(1);
  });

  it('leaves nothing behind while tenant is away', async () => {
    const { tenant, erika } = newTenant();
    const key = randomUUID();
    await request.peers.leave(reserveQuota);
    const holdsBefore = request.peers.askedOf(holdName).length;
    await expect(submit(request, erika, 'web-01', { key })).rejects.toMatchObject({ code: 'outcome-unknown' });
    expect(request.peers.askedOf(holdName)).toHaveLength(holdsBefore);
    expect(await request.rows('SELECT 1 FROM event WHERE tenant_id = $1', [tenant])).toEqual([]);
    answerAsUsual(request);
    expect(await submit(request, erika, 'web-01', { key })).toMatchObject({ state: 'submitted' });
  });

  it('frees what it reserved while provisioning was away', async () => {
    const { tenant, erika } = newTenant();
    const key = randomUUID();
    await request.peers.leave(holdName);
    await expect(submit(request, erika, 'web-01', { key })).rejects.toMatchObject({ code: 'outcome-unknown' });
    const requestId = request.peers.askedOf(reserveQuota).at(-1)?.input.requestId ?? '';
    // A minute later tenant asks what became of it.
    const settled = await request.ask(settleRequest, { id: requestId }, settling(tenant), { caller: 'tenant' });
    expect(settled).toEqual({ outcome: 'abandoned' });
    await request.fact(requestAbandoned, ({ data }) => data.requestId === requestId);
    answerAsUsual(request);
    expect(await submit(request, erika, 'web-01', { key })).toMatchObject({ id: requestId, state: 'submitted' });
    expect(reservationsOf(requestId).map(({ input }) => input.attempt)).toEqual([0, 1]);
  });

  it('never submits under what was settled meanwhile', async () => {
    const { tenant, erika } = newTenant();
    const key = randomUUID();
    let times = 0;
    request.peers.answer(holdName, async ({ requestId }) => {
      // Settled between the hold and the append, the first time and again.
      if (times++ < 2) await request.ask(settleRequest, { id: requestId }, settling(tenant), { caller: 'tenant' });
      return { template, network, address: null };
    });
    const { id } = await submit(request, erika, 'web-01', { key });
    await request.settled();
    expect(reservationsOf(id).map(({ input }) => input.attempt)).toEqual([0, 1, 2]);
    expect([abandonedOf(id).length, submittedOf(id).length]).toEqual([2, 1]);
  });

  it('is never abandoned once it was submitted', async () => {
    const { tenant, erika } = newTenant();
    const { id } = await submit(request, erika, 'web-01');
    const settled = await request.ask(settleRequest, { id }, settling(tenant), { caller: 'provisioning' });
    await request.settled();
    expect(settled).toEqual({ outcome: 'submitted' });
    expect(abandonedOf(id)).toEqual([]);
  });

  it('stores no word a person wrote in the clear', async () => {
    const { erika } = newTenant();
    const { id } = await submit(request, erika, 'web-01', {
      justification: 'Für Frau Müllers Shop',
      sshPublicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ/wMQt3ZBq58aOC5LY7AbtuA1S5DIsMJvyYd36bq4EA erika@notebook',
    });
    const { data } = await request.fact(requestSubmitted, (fact) => fact.data.requestId === id);
    expect(data.justification).toBe(`sealed:${erika.actorId}:${btoa('Für Frau Müllers Shop')}`);
    expect(data.vm.sshPublicKey).toBe(
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ/wMQt3ZBq58aOC5LY7AbtuA1S5DIsMJvyYd36bq4EA',
    );
    expect(await request.ask(getRequest, { id }, erika)).toMatchObject({ justification: data.justification });
  });

  it('is refused without a key to recognise it by', async () => {
    const { erika } = newTenant();
    await expect(request.ask(submitRequest, wish('web-01'), erika)).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('is nothing an approver or auditor may do', async () => {
    const { bernd, auditor } = newTenant();
    for (const who of [bernd, auditor]) {
      await expect(submit(request, who, 'web-01')).rejects.toMatchObject({ code: 'not-allowed' });
    }
  });
});
