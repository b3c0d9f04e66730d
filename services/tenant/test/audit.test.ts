import { createHash, randomUUID } from 'node:crypto';
import {
  type auditEntry,
  caseExpired,
  deliveryFailed,
  holdReleased,
  listAudit,
  requestCancelled,
  requestExpired,
} from '@dvmm/contracts';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { granted, type House, newHouse, tenantUnderTest } from './tenant-under-test.js';

const tenant = tenantUnderTest();

interface Row {
  number: string;
  envelope: Buffer;
  previous: Buffer;
  hash: Buffer;
}
const trailOf = (house: House) =>
  tenant.rows<Row>('SELECT number, envelope, previous, hash FROM audit_entry WHERE tenant_id = $1 ORDER BY number', [
    house.tenant,
  ]);
const sha256 = (...parts: (string | Buffer)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** The chain as the decision record describes it, worked out anew. */
function chainHolds(house: House, rows: Row[]): boolean {
  let previous = sha256(house.tenant);
  return rows.every((row, index) => {
    const expected = sha256(previous, String(index + 1), sha256(row.envelope));
    const holds = row.number === String(index + 1) && row.previous.equals(previous) && row.hash.equals(expected);
    previous = expected;
    return holds;
  });
}

/** Events of every context at once, each stream with two. */
async function muchHappens(house: House, streams = 15) {
  const ids = Array.from({ length: streams }, () => randomUUID());
  const at = (stream: string) => ({ tenant: house.tenant, stream });
  await Promise.all(
    ids.flatMap((requestId) => {
      const delivery = { deliveryId: requestId, kind: 'ready', personId: randomUUID(), requestId } as const;
      return [1, 2].flatMap(() => [
        tenant.tell(requestExpired, { requestId, requesterId: randomUUID() }, at(`vm-request:${requestId}`)),
        tenant.tell(caseExpired, { requestId }, at(`approval-case:${requestId}`)),
        tenant.tell(holdReleased, { requestId, because: 'expired' }, at(`hold:${requestId}`)),
        tenant.tell(deliveryFailed, { ...delivery, attempts: 1, reason: 'gone' }, at(`delivery:${requestId}`)),
      ]);
    }),
  );
}

const read = async (house: House, query: Parameters<typeof listAudit.input.parse>[0] & object = {}) =>
  granted(await tenant.ask(listAudit, query, house.administrator));

describe('the audit trail', () => {
  it('numbers and chains what many write at once', async () => {
    const [house, elsewhere] = [await newHouse(tenant), await newHouse(tenant)];
    await Promise.all([muchHappens(house), muchHappens(elsewhere)]);
    await tenant.settled();
    for (const one of [house, elsewhere]) {
      const rows = await trailOf(one);
      expect(rows.length).toBeGreaterThan(120); // 15 streams of 4 contexts with 2 events, and how the tenant began
      expect(chainHolds(one, rows)).toBe(true);
    }
  });

  it('holds every event once, as it was published', async () => {
    const house = await newHouse(tenant);
    const requestId = randomUUID();
    const data = { requestId, requesterId: randomUUID() };
    const told = await tenant.tell(requestCancelled, data, { tenant: house.tenant, stream: `vm-request:${requestId}` });
    await tenant.tellAgain(told);
    await tenant.settled();
    const { items } = await read(house, { stream: `vm-request:${requestId}` });
    expect(items.map(({ eventId, type, data: kept }) => [eventId, type, kept])).toEqual([
      [told.id, 'request.cancelled', data],
    ]);
    // Its own context is no exception: how the tenant began is there, too.
    const types = (await read(house)).items.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['tenant.created', 'tenant.member-joined', 'tenant.signed-in']));
  });

  it('is changed by nobody the service logs in as', async () => {
    const house = await newHouse(tenant);
    await tenant.settled();
    for (const role of ['tenant_app', 'tenant_runner']) {
      for (const sql of ["UPDATE audit_entry SET actor_id = 'x'", 'DELETE FROM audit_entry', 'TRUNCATE audit_entry']) {
        await tenant.rows('BEGIN');
        await tenant.rows(`SET LOCAL ROLE ${role}`);
        await tenant.rows("SELECT set_config('eaf.tenant', $1, true)", [house.tenant]);
        await expect(tenant.rows(sql)).rejects.toMatchObject({ code: '42501' }); // insufficient_privilege
        await tenant.rows('ROLLBACK');
      }
    }
    expect(chainHolds(house, await trailOf(house))).toBe(true);
  });

  it('pages and filters, newest first', async () => {
    const house = await newHouse(tenant);
    await muchHappens(house, 2);
    await tenant.settled();
    const all: z.output<typeof auditEntry>[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await read(house, { limit: 7, ...(cursor ? { cursor } : {}) });
      all.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(all.map(({ number }) => number)).toEqual(Array.from(all, (_, index) => all.length - index));
    const of = async (query: object) => (await read(house, { limit: 200, ...query })).items.map(({ number }) => number);
    const numbers = (which: (entry: (typeof all)[number]) => boolean) => all.filter(which).map(({ number }) => number);
    expect(await of({ type: 'request.' })).toEqual(numbers(({ type }) => type.startsWith('request.')));
    expect(await of({ type: 'request_' })).toEqual([]); // The beginning of a type, no pattern.
    const sessions = numbers(({ stream }) => stream.startsWith('record:sessions:'));
    expect(sessions).not.toEqual([]);
    expect(await of({ changesOnly: 'true' })).toEqual(numbers(({ number }) => !sessions.includes(number)));
    const { actorId } = house.administrator;
    expect(await of({ actor: actorId })).toEqual(numbers(({ actor }) => actor.id === actorId));
    const from = all[5]?.time ?? '';
    expect(await of({ from })).toEqual(numbers(({ time }) => time >= from));
    expect(await of({ to: from })).toEqual(numbers(({ time }) => time < from));
  });

  it('is read by auditors and administrators of the tenant', async () => {
    const [house, elsewhere] = [await newHouse(tenant), await newHouse(tenant)];
    const [auditor, erika, bernd] = [
      await house.join('auditor'),
      await house.join('user'),
      await house.join('approver'),
    ];
    await tenant.settled();
    const { items } = granted(await tenant.ask(listAudit, { limit: 200 }, auditor));
    expect(items).toHaveLength((await trailOf(house)).length);
    for (const who of [erika, bernd]) {
      await expect(tenant.ask(listAudit, {}, who)).rejects.toMatchObject({ code: 'not-allowed' });
    }
    const foreign = new Set((await read(elsewhere, { limit: 200 })).items.map(({ eventId }) => eventId));
    expect(items.filter(({ eventId }) => foreign.has(eventId))).toEqual([]);
  });
});
