import { randomUUID } from 'node:crypto';
import {
  defineSize,
  listQuota,
  quotaReleased,
  quotaReserved,
  requestAbandoned,
  requestCancelled,
  requestRejected,
  resumeTenant,
  runFailed,
  setProjectQuota,
  settleRequest,
  suspendTenant,
  vmDecommissioned,
  vmReady,
  whoIs,
} from '@dvmm/contracts';
import { isRefusal } from '@eaf/messaging/contract';
import { describe, expect, it } from 'vitest';
import {
  atTheDoor,
  granted,
  type House,
  newHouse,
  platformAdministrator,
  reserve,
  tenantUnderTest,
} from './tenant-under-test.js';

const tenant = tenantUnderTest();

/** VMs reserved and used, of the tenant and of each project. */
async function standing({ administrator }: House) {
  const { items } = granted(await tenant.ask(listQuota, {}, administrator));
  return Object.fromEntries(
    items.map(({ projectName, reserved, used }) => [projectName ?? 'tenant', [reserved.vms, used.vms]]),
  );
}

async function shop(limits = {}) {
  const house = await newHouse(tenant);
  const erika = await house.join('user');
  const projectId = await house.project('Shop', erika);
  await house.limit(limits);
  return { ...house, erika, projectId };
}

const ofRequest = (house: House, requestId: string) => ({ tenant: house.tenant, stream: `vm-request:${requestId}` });
const ofRun = (house: House, requestId: string) => ({ tenant: house.tenant, stream: `run:${requestId}` });

async function reserved(house: Awaited<ReturnType<typeof shop>>): Promise<string> {
  const requestId = randomUUID();
  granted(await reserve(tenant, house.erika, house.projectId, { requestId }));
  return requestId;
}
async function ready(house: House, requestId: string) {
  const of = { requestId, vmName: 'web-01', vmId: randomUUID(), moref: 'vm-1' };
  await tenant.tell(vmReady, { ...of, hostName: 'web-01', addresses: [], loginText: null }, ofRun(house, requestId));
  await tenant.settled();
}

describe('reserving', () => {
  it('lets exactly ten of sixteen in at once', async () => {
    const house = await shop({ vms: 10 });
    const replies = await Promise.all(Array.from({ length: 16 }, () => reserve(tenant, house.erika, house.projectId)));
    const refused = replies.filter(isRefusal);
    expect([replies.length - refused.length, refused.length]).toEqual([10, 6]);
    expect(refused[0]).toEqual({
      refused: 'quota.exceeded',
      detail: { scope: 'tenant', project: null, dimension: 'vms', limit: 10, left: 0, asked: 1 },
    });
    expect(await standing(house)).toEqual({ tenant: [10, 0], Shop: [10, 0] });
  });

  it('answers a request that asks again the same', async () => {
    const house = await shop({ vms: 1 });
    const requestId = randomUUID();
    const replies = await Promise.all(
      Array.from({ length: 4 }, () => reserve(tenant, house.erika, house.projectId, { requestId })),
    );
    expect(replies.map((reply) => granted(reply).size.key)).toEqual(['S', 'S', 'S', 'S']);
    expect(await standing(house)).toMatchObject({ tenant: [1, 0] });
  });

  it.each(['vms', 'vcpus', 'memoryMiB', 'diskGiB'] as const)('is refused where %s are short', async (dimension) => {
    const house = await shop({ [dimension]: 0 });
    expect(await reserve(tenant, house.erika, house.projectId)).toMatchObject({
      refused: 'quota.exceeded',
      detail: { scope: 'tenant', dimension, limit: 0, left: 0 },
    });
    expect(await standing(house)).toMatchObject({ tenant: [0, 0] });
  });

  it('needs room in the project and the tenant', async () => {
    const house = await shop({ vms: 3 });
    const other = await house.project('Labor', house.erika);
    const limits = { vms: 100, vcpus: 4, memoryMiB: 1_000_000, diskGiB: 10_000 };
    await tenant.ask(setProjectQuota, { id: other, limits }, house.administrator, { idempotencyKey: randomUUID() });
    granted(await reserve(tenant, house.erika, other)); // 2 of 4 processors
    granted(await reserve(tenant, house.erika, other)); // 4 of 4
    expect(await reserve(tenant, house.erika, other)).toMatchObject({
      detail: { scope: 'project', project: 'Labor', dimension: 'vcpus', limit: 4, left: 0, asked: 2 },
    });
    granted(await reserve(tenant, house.erika, house.projectId));
    expect(await reserve(tenant, house.erika, house.projectId)).toMatchObject({ detail: { scope: 'tenant', left: 0 } });
    // What the project refused was not kept of the tenant's either.
    expect(await standing(house)).toEqual({ tenant: [3, 0], Labor: [2, 0], Shop: [1, 0] });
  });

  it('keeps the price a request was made at', async () => {
    const house = await shop();
    const requestId = await reserved(house);
    const dearer = { key: 'S', vcpus: 16, memoryMiB: 4096, diskGiB: 50, monthlyCostCents: 99_900, currency: 'EUR' };
    await tenant.ask(defineSize, dearer, house.administrator, { idempotencyKey: randomUUID() });
    const { data } = await tenant.fact(quotaReserved, (fact) => fact.data.requestId === requestId);
    await tenant.tell(requestCancelled, { requestId, requesterId: house.erika.actorId }, ofRequest(house, requestId));
    await tenant.settled();
    expect(data.size.monthlyCostCents).toBe(2100);
    const { items } = granted(await tenant.ask(listQuota, {}, house.administrator));
    expect(items.map(({ reserved: { vcpus } }) => vcpus)).toEqual([0, 0]); // As much as was taken, not as it would be now.
  });

  it('is for members of the project alone', async () => {
    const house = await shop();
    const outsider = await house.join('user');
    expect(await reserve(tenant, outsider, house.projectId)).toEqual({
      refused: 'project.not-a-member',
      detail: { project: 'Shop' },
    });
    expect(await reserve(tenant, house.erika, house.projectId, { size: 'XXL' })).toMatchObject({
      refused: 'size.unknown',
    });
  });

  it('is refused while the tenant is suspended', async () => {
    const house = await shop();
    const before = await reserved(house);
    const key = () => ({ idempotencyKey: randomUUID() });
    const suspending = key();
    granted(await tenant.ask(suspendTenant, { id: house.tenant }, platformAdministrator, suspending));
    expect(await reserve(tenant, house.erika, house.projectId)).toEqual({ refused: 'tenant.suspended', detail: {} });
    const who = { ...atTheDoor, tenant: house.tenant };
    expect(await tenant.ask(whoIs, { personId: house.erika.actorId }, who)).toMatchObject({ active: false });
    // What exists runs on: a machine that becomes ready is still counted.
    await ready(house, before);
    expect(await standing(house)).toMatchObject({ tenant: [0, 1] });
    granted(await tenant.ask(resumeTenant, { id: house.tenant }, platformAdministrator, key()));
    // A late repeat of the first question hears the first answer and closes nothing.
    granted(await tenant.ask(suspendTenant, { id: house.tenant }, platformAdministrator, suspending));
    granted(await reserve(tenant, house.erika, house.projectId));
  });
});

describe('releasing', () => {
  it('frees once, whoever says it, however often', async () => {
    const house = await shop({ vms: 2 });
    const kept = await reserved(house);
    const requestId = await reserved(house);
    const requesterId = house.erika.actorId;
    const cancelled = await tenant.tell(requestCancelled, { requestId, requesterId }, ofRequest(house, requestId));
    const gone = { vmId: randomUUID(), requestId, vmName: 'web-01' };
    const decommissioned = await tenant.tell(vmDecommissioned, gone, {
      tenant: house.tenant,
      stream: `vm:${gone.vmId}`,
    });
    await tenant.tellAgain(cancelled);
    await tenant.tellAgain(decommissioned);
    await tenant.settled();
    expect(await standing(house)).toEqual({ tenant: [1, 0], Shop: [1, 0] });
    expect(tenant.factsOf(quotaReleased).filter(({ data }) => data.requestId === requestId)).toHaveLength(1);
    expect(tenant.factsOf(quotaReleased).filter(({ data }) => data.requestId === kept)).toEqual([]);
  });

  it('follows a machine from wish to removal', async () => {
    const house = await shop();
    const requestId = await reserved(house);
    expect(await standing(house)).toMatchObject({ tenant: [1, 0] });
    await ready(house, requestId);
    expect(await standing(house)).toEqual({ tenant: [0, 1], Shop: [0, 1] });
    const gone = { vmId: randomUUID(), requestId, vmName: 'web-01' };
    await tenant.tell(vmDecommissioned, gone, { tenant: house.tenant, stream: `vm:${gone.vmId}` });
    await tenant.settled();
    expect(await standing(house)).toEqual({ tenant: [0, 0], Shop: [0, 0] });
  });

  it('waits for proof that a failure left nothing', async () => {
    const house = await shop();
    const requestId = await reserved(house);
    const failure = { requestId, vmName: 'web-01', step: 'clone', reason: 'no-resources', detail: 'No room.' } as const;
    await tenant.tell(runFailed, { ...failure, nothingLeft: false }, ofRun(house, requestId));
    await tenant.settled();
    expect(await standing(house)).toMatchObject({ tenant: [1, 0] });
    await tenant.tell(runFailed, { ...failure, nothingLeft: true }, ofRun(house, requestId));
    await tenant.settled();
    expect(await standing(house)).toMatchObject({ tenant: [0, 0] });
  });

  it('counts nothing of another tenant', async () => {
    const [house, elsewhere] = [await shop(), await shop()];
    const requestId = await reserved(house);
    const data = {
      requestId,
      requesterId: randomUUID(),
      approverId: randomUUID(),
      reason: 'sealed:x',
      vmName: 'web-01',
    };
    await tenant.tell(requestRejected, data, ofRequest(elsewhere, requestId));
    await tenant.settled();
    expect([await standing(house), await standing(elsewhere)]).toMatchObject([{ tenant: [1, 0] }, { tenant: [0, 0] }]);
  });
});

describe('a reservation nobody heard of again', () => {
  it('stays while request does not answer', async () => {
    const house = await shop();
    const requestId = await reserved(house);
    await tenant.peers.leave(settleRequest);
    await tenant.ring('settle-reservation', requestId);
    await tenant.settled();
    expect(await standing(house)).toMatchObject({ tenant: [1, 0] });
  });

  it('is free once request calls it abandoned', async () => {
    const house = await shop();
    const requestId = await reserved(house);
    tenant.peers.answer(settleRequest, () => ({ outcome: 'abandoned' }));
    await tenant.ring('settle-reservation', requestId);
    await tenant.settled();
    expect(await standing(house)).toMatchObject({ tenant: [1, 0] }); // The answer frees nothing, the event does.
    await tenant.tell(requestAbandoned, { requestId }, ofRequest(house, requestId));
    await tenant.settled();
    expect(await standing(house)).toMatchObject({ tenant: [0, 0] });
  });

  it('is not freed by what an earlier try left', async () => {
    const house = await shop();
    const requestId = await reserved(house);
    // The next try reserves before the event that ends the first is heard.
    granted(await reserve(tenant, house.erika, house.projectId, { requestId, attempt: 1 }));
    await tenant.tell(requestAbandoned, { requestId }, ofRequest(house, requestId));
    await tenant.settled();
    expect(await standing(house)).toMatchObject({ tenant: [1, 0] });
    await tenant.tell(requestAbandoned, { requestId }, ofRequest(house, requestId));
    await tenant.settled();
    expect(await standing(house)).toMatchObject({ tenant: [0, 0] });
  });

  it('asks nobody once it is free or used', async () => {
    const house = await shop();
    const [used, free] = [await reserved(house), await reserved(house)];
    await ready(house, used);
    await tenant.tell(requestAbandoned, { requestId: free }, ofRequest(house, free));
    await tenant.settled();
    tenant.peers.answer(settleRequest, () => ({ outcome: 'submitted' }));
    for (const id of [used, free]) await tenant.ring('settle-reservation', id);
    await tenant.settled();
    expect(tenant.peers.askedOf(settleRequest).filter(({ input }) => [used, free].includes(input.id))).toEqual([]);
  });
});
