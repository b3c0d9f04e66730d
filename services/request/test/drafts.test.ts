import { randomUUID } from 'node:crypto';
import { discardDraft, getDraft, keepDraft, requestSubmitted } from '@dvmm/contracts';
import { isRefusal } from '@eaf/messaging/contract';
import type { Asking } from '@eaf/service-testing';
import { eventually } from '@eaf/testing';
import { describe, expect, it } from 'vitest';
import { newTenant, requestUnderTest, submit, wish } from './request-under-test.js';

const request = requestUnderTest();
const key = () => ({ idempotencyKey: randomUUID() });

const typed = (name: string) => ({
  ...wish(name),
  leaseDays: null,
  justification: 'Für Frau Meier.',
  sshPublicKey: 'ssh-ed25519 AAAA meier@example.com',
});
async function keep(asking: Asking, name: string) {
  const reply = await request.ask(keepDraft, { ...typed(name), personId: asking.actorId }, asking, key());
  if (isRefusal(reply)) throw new Error(reply.refused);
  return reply;
}
async function draftOf(asking: Asking) {
  const reply = await request.ask(getDraft, {}, asking);
  if (isRefusal(reply)) throw new Error('refused');
  return reply.draft;
}
const nameOf = async (asking: Asking) => (await draftOf(asking))?.name;

describe('a draft', () => {
  it('is what was kept last, its words sealed, and no fact', async () => {
    const { erika, tenant } = newTenant();
    expect(await draftOf(erika)).toBeNull();
    await keep(erika, 'web-0');
    const { keptAt } = await keep(erika, 'W'); // Not a name yet: the form says so, the draft keeps it.
    expect(await draftOf(erika)).toEqual({
      ...typed('W'),
      keptAt,
      justification: expect.stringMatching(`^sealed:${erika.actorId}:`),
      sshPublicKey: expect.stringMatching(`^sealed:${erika.actorId}:`),
    });
    const stored = JSON.stringify(await request.rows('SELECT * FROM request_draft WHERE tenant_id = $1', [tenant]));
    expect(stored).not.toMatch(/Meier|meier/);
    expect(await request.rows('SELECT 1 FROM event WHERE tenant_id = $1', [tenant])).toEqual([]);
  });

  it('is its person’s alone: others neither see nor discard nor write it', async () => {
    const { erika, colleague, lead, administrator, auditor } = newTenant();
    const elsewhere = { ...erika, tenant: newTenant().tenant };
    await keep(erika, 'web-01');
    for (const other of [colleague, lead, administrator, auditor, elsewhere]) {
      expect(await draftOf(other)).toBeNull();
      await request.ask(discardDraft, {}, other, key());
    }
    // Somebody else has signed in where her window is still open.
    const hers = { ...typed('web-02'), personId: erika.actorId };
    expect(await request.ask(keepDraft, hers, colleague, key())).toEqual({ refused: 'not-found', detail: {} });
    expect([await draftOf(colleague), await nameOf(erika)]).toEqual([null, 'web-01']);
  });

  it('goes when it is discarded', async () => {
    const { erika } = newTenant();
    await keep(erika, 'web-01');
    for (let times = 0; times < 2; times++) expect(await request.ask(discardDraft, {}, erika, key())).toEqual({});
    expect(await draftOf(erika)).toBeNull();
  });

  it('goes with its request, not with another one of hers or with that of a colleague', async () => {
    const { erika, colleague } = newTenant();
    await keep(erika, 'web-01');
    await submit(request, erika, 'web-02');
    await submit(request, colleague, 'web-01');
    expect(await nameOf(erika)).toBe('web-01');
    const { id } = await submit(request, erika, 'web-01');
    expect(await draftOf(erika)).toBeNull();
    await request.fact(requestSubmitted, ({ data }) => data.requestId === id);
  });

  it('goes by itself 30 days after it was last kept', async () => {
    const { erika, tenant } = newTenant();
    await keep(erika, 'web-01');
    const dueInDays = async () => {
      const [due] = await request.rows<{ days: string }>(
        'SELECT extract(epoch FROM due_at - clock_timestamp()) / 86400 AS days FROM due WHERE tenant_id = $1',
        [tenant],
      );
      return Number(due?.days);
    };
    await request.rows("UPDATE due SET due_at = due_at - interval '29 days' WHERE tenant_id = $1", [tenant]);
    expect(await dueInDays()).toBeCloseTo(1, 1);
    await keep(erika, 'web-01');
    expect(await dueInDays()).toBeCloseTo(30, 1);
    await request.ring('forget-draft', erika.actorId);
    await eventually(async () => (await draftOf(erika)) === null, { what: 'the draft being forgotten' });
  });
});
