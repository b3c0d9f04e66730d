import { randomUUID } from 'node:crypto';
import {
  deliveryFailed,
  deliveryRetried,
  deliverySent,
  getSmtp,
  listDeliveries,
  requestFailed,
  resolvePeople,
  setSmtp,
  testSmtp,
} from '@dvmm/contracts';
import { type Input, isRefusal, type Recorded } from '@eaf/messaging/contract';
import type { Asking } from '@eaf/service-testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type House, notificationUnderTest, type Person } from './notification-under-test.js';

const { service: notification, answerAsUsual, sink, newHouse } = notificationUnderTest();
afterEach(() => {
  sink().refuse(0);
  answerAsUsual();
});
const key = () => ({ idempotencyKey: randomUUID() });

async function house() {
  const made = await newHouse();
  return { ...made, erika: await made.join('de', 'user') };
}

/** Erika and the administrators are written to. */
async function fails(one: House, erika: Person, at = new Date()): Promise<{ requestId: string; told: Recorded }> {
  const { of, ofRequest } = await one.submitted(erika);
  const data = { ...of, vmName: 'web-01', reason: 'no-resources', detail: 'Datastore full.', nothingLeft: true };
  return { requestId: of.requestId, told: await notification.tell(requestFailed, data, { ...ofRequest, at }) };
}

async function deliveries(asking: Asking, query: Parameters<typeof listDeliveries.input.parse>[0] & object = {}) {
  const reply = await notification.ask(listDeliveries, query, asking);
  if (isRefusal(reply)) throw new Error('refused');
  return reply;
}

describe('a delivery', () => {
  it('refused twice ends as one mail, its id the same', async () => {
    const { erika, useSmtp, mailsTo, ...one } = await house();
    await useSmtp();
    await one.join('de');
    sink().refuse(4); // Two mails, to Erika and to the administrator, each refused twice.
    await fails({ useSmtp, mailsTo, ...one }, erika);
    const [mail] = await mailsTo(erika);
    await mailsTo(one.administrator);
    await notification.settled();
    expect(await mailsTo(erika)).toHaveLength(1);
    const { items } = await deliveries(erika);
    expect(items).toMatchObject([
      { state: 'sent', messageId: mail?.messageId, to: { id: erika.actorId }, kind: 'failed' },
    ]);
    const ofDelivery = (facts: Recorded[]) =>
      facts.filter(({ tenant }) => tenant === one.tenant).map(({ data }) => data as { reason?: string });
    const retried = ofDelivery(notification.factsOf(deliveryRetried));
    expect(retried).toHaveLength(4);
    expect(retried.every(({ reason }) => reason?.includes('451') && !reason.includes('@'))).toBe(true);
    expect(ofDelivery(notification.factsOf(deliverySent))).toHaveLength(2);
  });

  it('is made for nothing that happened before the first start', async () => {
    const { erika, ...one } = await house();
    await one.useSmtp();
    const { requestId, told } = await fails(one, erika, new Date('2026-01-01T00:00:00Z'));
    await notification.tellAgain(told);
    await notification.settled();
    expect((await deliveries(one.administrator, { requestId })).items).toEqual([]);
    await fails(one, erika);
    expect(await one.mailsTo(erika)).toHaveLength(1); // What happens now is told.
  });

  it('waits for the settings, says so, and goes on', async () => {
    const { erika, ...one } = await house();
    const { requestId } = await fails(one, erika);
    await notification.settled();
    const { items } = await deliveries(erika, { requestId });
    expect(items).toMatchObject([
      { state: 'retrying', attempts: 0, lastError: 'The tenant has no SMTP settings yet.' },
    ]);
    await one.useSmtp();
    await notification.ring('deliver', items[0]?.id ?? '');
    expect(await one.mailsTo(erika)).toHaveLength(1);
  });

  it('to a person without an address fails visibly', async () => {
    const { erika, ...one } = await house();
    await one.useSmtp();
    erika.email = null;
    const { requestId } = await fails(one, erika);
    await notification.fact(deliveryFailed, ({ data }) => data.personId === erika.actorId);
    expect((await deliveries(erika, { requestId })).items).toMatchObject([
      { state: 'failed', attempts: 0, lastError: 'The person has no mail address, or is gone.' },
    ]);
  });

  it('goes on once the directory answers again', async () => {
    const { erika, ...one } = await house();
    await one.useSmtp();
    await notification.peers.leave(resolvePeople);
    const { requestId } = await fails(one, erika);
    const queued = async () => (await deliveries(erika, { requestId })).items;
    await notification.settled();
    expect(await queued()).toMatchObject([{ state: 'queued' }]);
    answerAsUsual();
    expect(await one.mailsTo(erika)).toHaveLength(1);
  });
});

describe('the list of deliveries', () => {
  it('shows mine; to administrators and auditors all', async () => {
    const { erika, ...one } = await house();
    await one.useSmtp();
    const auditor = await one.join('en', 'auditor');
    const stranger = await one.join('en', 'user');
    const { requestId } = await fails(one, erika);
    await one.mailsTo(erika);
    await one.mailsTo(one.administrator);
    await notification.settled();
    const seen = async (asking: Asking) =>
      (await deliveries(asking, { requestId })).items.map(({ to }) => to.id).sort();
    const both = [erika.actorId, one.administrator.actorId].sort();
    expect([await seen(erika), await seen(stranger)]).toEqual([[erika.actorId], []]);
    expect([await seen(one.administrator), await seen(auditor)]).toEqual([both, both]);
    expect(await seen((await house()).administrator)).toEqual([]); // Another tenant's.
  });

  it('pages, filters, and survives a forged cursor', async () => {
    const { erika, ...one } = await house();
    for (let index = 0; index < 5; index++) await fails(one, erika);
    await notification.settled();
    const all: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await deliveries(erika, { limit: 2, ...(cursor ? { cursor } : {}) });
      all.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(all).toEqual((await deliveries(erika)).items.map(({ id }) => id));
    expect(new Set(all).size).toBe(5);
    expect((await deliveries(erika, { state: 'retrying' })).items).toHaveLength(5);
    expect((await deliveries(erika, { state: 'sent' })).items).toEqual([]);
    for (const forged of [
      ['x', 'y'],
      ['2026-01-01T00:00:00.000Z', 'no id'],
      ['no time', randomUUID()],
    ]) {
      const page = await deliveries(erika, { cursor: Buffer.from(JSON.stringify(forged)).toString('base64url') });
      expect(page.items).toHaveLength(5);
    }
  });
});

describe('SMTP settings', () => {
  it('are shown without the password, kept sealed', async () => {
    const { administrator, useSmtp, smtp, tenant } = await house();
    expect(await notification.ask(getSmtp, {}, administrator)).toEqual({ refused: 'smtp.not-set', detail: {} });
    await useSmtp();
    const { password, ...shown } = smtp;
    expect(await notification.ask(getSmtp, {}, administrator)).toEqual(shown);
    const stored = await notification.rows('SELECT * FROM smtp_secret WHERE tenant_id = $1', [tenant]);
    const events = await notification.rows('SELECT data FROM event WHERE tenant_id = $1', [tenant]);
    expect(stored).toHaveLength(1);
    expect(JSON.stringify([stored, events])).not.toContain(password);
  });

  it('are refused for hosts the operator does not allow', async () => {
    const { administrator, smtp } = await house();
    for (const host of ['10.0.0.1', 'mail.example.com', '127.0.0.2']) {
      const reply = await notification.ask(setSmtp, { ...smtp, host }, administrator, key());
      expect(reply).toEqual({ refused: 'smtp.host-not-allowed', detail: { host } });
    }
  });

  it('hand the stored password to no other server or user', async () => {
    const { administrator, useSmtp, smtp } = await house();
    await useSmtp();
    const { password: _, ...same } = smtp;
    for (const elsewhere of [{ port: smtp.port + 1 }, { username: 'somebody' }])
      expect(await notification.ask(setSmtp, { ...same, ...elsewhere }, administrator, key())).toEqual({
        refused: 'smtp.password-needed',
        detail: {},
      });
    expect(await notification.ask(setSmtp, { ...same, fromName: 'Anders' }, administrator, key())).toMatchObject({
      fromName: 'Anders',
    });
  });

  it('are tried out with what the server says', async () => {
    const { administrator, useSmtp, smtp, mailsTo } = await house();
    await useSmtp();
    const sent = await notification.ask(testSmtp, {}, administrator, key());
    const [mail] = await mailsTo(administrator);
    expect(sent).toEqual({ ok: true, reason: null, detail: 'The server took the mail.', messageId: mail?.messageId });
    const tried = async (settings: Partial<Input<typeof setSmtp>>, person = administrator) => {
      await notification.ask(setSmtp, { ...smtp, ...settings }, administrator, key());
      return notification.ask(testSmtp, {}, person, key());
    };
    const failed = (reason: string) => ({ ok: false, reason, messageId: null });
    expect(await tried({ password: 'wrong' })).toMatchObject(failed('login-refused'));
    expect(await tried({ security: 'tls' })).toMatchObject(failed('no-encryption'));
    expect(await tried({ port: 1 })).toMatchObject(failed('no-answer'));
    const nameless = { ...administrator, actorId: randomUUID() };
    expect(await tried({}, nameless)).toMatchObject(failed('no-address'));
  });
});
