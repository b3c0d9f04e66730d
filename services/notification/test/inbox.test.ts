import { randomUUID } from 'node:crypto';
import {
  listNotifications,
  nobodyMayDecide,
  readNotifications,
  requestRejected,
  stageOpened,
  vmDecommissionHeldUp,
} from '@dvmm/contracts';
import { isRefusal } from '@eaf/messaging/contract';
import type { Asking } from '@eaf/service-testing';
import { describe, expect, it } from 'vitest';
import { type House, notificationUnderTest, type Person, sealed } from './notification-under-test.js';

const { service: notification, newHouse } = notificationUnderTest();
const stage = { number: 1, name: 'Fachbereich' };

/** Nobody set up mail in these houses: the inbox does not wait for it. */
async function house() {
  const made = await newHouse();
  return { ...made, erika: await made.join('de', 'user'), bernd: await made.join('de', 'approver') };
}

async function inbox(asking: Asking, query: { limit?: number; cursor?: string } = {}) {
  const reply = await notification.ask(listNotifications, query, asking);
  if (isRefusal(reply)) throw new Error('refused');
  return reply;
}
async function read(asking: Asking, requestId?: string) {
  const reply = await notification.ask(readNotifications, requestId ? { requestId } : {}, asking);
  if (isRefusal(reply)) throw new Error('refused');
  return reply.unread;
}
const unread = async (asking: Asking) => (await inbox(asking)).unread;

/** Bernd is asked to decide. */
async function asks(one: House, by: Person, of: Person, name = 'web-01') {
  const submitted = await one.submitted(by, { name });
  const opened = { requestId: submitted.of.requestId, stage, quorum: 1, escalatedToAdministrators: false };
  await notification.tell(stageOpened, { ...opened, approverIds: [of.actorId] }, submitted.ofCase);
  await notification.settled();
  return submitted;
}

describe('the inbox', () => {
  it('says who did what to which request, newest first', async () => {
    const { erika, bernd, administrator, ...one } = await house();
    const { of, ofCase, ofRequest, ofVm } = await asks({ administrator, ...one }, erika, bernd);
    const { requestId } = of;
    await notification.tell(nobodyMayDecide, { requestId, stage }, ofCase);
    const rejected = { ...of, approverId: bernd.actorId, reason: sealed('Zu groß.'), vmName: 'web-01' };
    await notification.tell(requestRejected, rejected, ofRequest);
    await notification.settled();
    const vmId = randomUUID();
    const heldUp = { vmId, requestId, vmName: 'web-01', reason: 'not-permitted' };
    await notification.tell(vmDecommissionHeldUp, heldUp, ofVm);
    await notification.settled();
    const about = { requestId, vmName: 'web-01', vmId: null, reason: null, readAt: null };
    expect((await inbox(bernd)).items).toMatchObject([{ ...about, kind: 'submitted', who: { id: erika.actorId } }]);
    expect((await inbox(erika)).items).toMatchObject([{ ...about, kind: 'rejected', who: { id: bernd.actorId } }]);
    expect((await inbox(administrator)).items).toMatchObject([
      { ...about, kind: 'decommission-held-up', who: null, vmId, reason: 'not-permitted' },
      { ...about, kind: 'nobody-may-decide', who: { id: erika.actorId } },
    ]);
  });

  it('is its person’s alone: nobody else sees it, or reads it for her', async () => {
    const { erika, bernd, administrator, ...one } = await house();
    const auditor = await one.join('de', 'auditor');
    const { of } = await asks({ administrator, ...one }, erika, bernd);
    const elsewhere = await house();
    const sameElsewhere = { ...bernd, tenant: elsewhere.tenant };
    for (const other of [erika, administrator, auditor, sameElsewhere]) {
      expect(await inbox(other)).toEqual({ items: [], nextCursor: null, unread: 0 });
      await read(other, of.requestId);
      await read(other);
    }
    expect((await inbox(bernd)).items).toMatchObject([{ requestId: of.requestId, readAt: null }]);
    expect(await unread(bernd)).toBe(1);
  });

  it('is read by request or all at once, and once is enough', async () => {
    const { erika, bernd, ...one } = await house();
    const first = await asks(one, erika, bernd, 'web-01');
    await asks(one, erika, bernd, 'web-02');
    await asks(one, erika, bernd, 'web-03');
    expect(await unread(bernd)).toBe(3);
    expect(await read(bernd, first.of.requestId)).toBe(2);
    const times = async () => (await inbox(bernd)).items.map(({ readAt }) => readAt);
    const [third, second, readAt] = await times();
    expect([third, second, typeof readAt]).toEqual([null, null, 'string']);
    expect(await read(bernd, first.of.requestId)).toBe(2);
    expect((await times())[2]).toBe(readAt); // When it was first seen stays.
    expect(await read(bernd)).toBe(0);
    expect(await read(bernd)).toBe(0);
    await asks(one, erika, bernd, 'web-04');
    expect(await unread(bernd)).toBe(1);
  });

  it('pages through all of it, and counts all of it on every page', async () => {
    const { erika, bernd, ...one } = await house();
    for (const name of ['web-01', 'web-02', 'web-03']) await asks(one, erika, bernd, name);
    const newest = await inbox(bernd, { limit: 2 });
    const rest = await inbox(bernd, { limit: 2, cursor: newest.nextCursor ?? '' });
    const names = [...newest.items, ...rest.items].map(({ vmName }) => vmName);
    expect(names).toEqual(['web-03', 'web-02', 'web-01']);
    expect([newest.unread, rest.unread, rest.nextCursor]).toEqual([3, 3, null]);
  });

  it('tells administrators of each reason once that holds up a decommission, however it comes and goes', async () => {
    const { erika, administrator, ...one } = await house();
    const { of, ofVm } = await one.submitted(erika);
    const heldUp = { vmId: randomUUID(), requestId: of.requestId, vmName: 'web-01' };
    for (const reason of ['not-permitted', 'not-our-vm', 'not-permitted'])
      await notification.tell(vmDecommissionHeldUp, { ...heldUp, reason }, ofVm);
    await notification.settled();
    const reasons = (await inbox(administrator)).items.map(({ reason }) => reason);
    expect(reasons).toEqual(['not-our-vm', 'not-permitted']);
  });
});
