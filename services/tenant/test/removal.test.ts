import { randomUUID } from 'node:crypto';
import {
  certifyRemoval,
  countMachines,
  createTenant,
  inviteMember,
  listRemovals,
  listTenants,
  openSession,
  platformTenant,
  previewRemoval,
  removeTenant,
  resolvePeople,
  resumeTenant,
  sealTexts,
  suspendTenant,
  whoIs,
} from '@dvmm/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { certify, noRemoval, requestRemoval } from '../src/domain/removal.js';
import { awaitedRemovals } from '../src/farewell.js';
import {
  atTheDoor,
  granted,
  type House,
  newHouse,
  platformAdministrator,
  sessionOf,
  signIn,
  tenantUnderTest,
} from './tenant-under-test.js';

const tenant = tenantUnderTest();
const key = () => ({ idempotencyKey: randomUUID() });
const operator = { tenant: platformTenant, actorId: 'system:operator', roles: [] };
const byJob = () => ({ ...key(), caller: 'operator' });
const nothing = { rows: [], machines: 0, lastAudit: null };

let house: House;
beforeEach(async () => {
  house = await newHouse(tenant);
  tenant.peers.answer(countMachines, () => ({ machines: 3, underWay: 0 }));
});

const remove = (confirmName = house.slug, how = key()) =>
  tenant.ask(removeTenant, { id: house.tenant, confirmName }, platformAdministrator, how);
const own = async () =>
  granted(await tenant.ask(listRemovals, { limit: 200 }, platformAdministrator)).items.find(
    ({ id }) => id === house.tenant,
  );

describe('before a tenant is removed', () => {
  it('says what goes and stays, in numbers alone', async () => {
    await house.join('user');
    await house.project('Shop');
    expect(await tenant.ask(previewRemoval, { id: house.tenant }, platformAdministrator)).toEqual({
      people: 2,
      projects: 1,
      machines: 3,
      underWay: 0,
    });
  });

  it('refuses a name that is not typed as it stands', async () => {
    expect(await remove(`${house.slug} `)).toMatchObject({ refused: 'tenant.name-does-not-match' });
    expect(await own()).toBeUndefined();
  });

  it('refuses while a VM is being made or deleted, and changes nothing', async () => {
    tenant.peers.answer(countMachines, () => ({ machines: 3, underWay: 2 }));
    expect(await remove()).toEqual({ refused: 'tenant.machines-under-way', detail: { underWay: 2 } });
    const who = { ...atTheDoor, tenant: house.tenant };
    expect(await tenant.ask(whoIs, { personId: house.administrator.actorId }, who)).toMatchObject({ active: true });
  });

  it('knows no platform among the tenants', async () => {
    const wish = { id: platformTenant, confirmName: 'Plattform' };
    expect(await tenant.ask(removeTenant, wish, platformAdministrator, key())).toMatchObject({ refused: 'not-found' });
  });
});

describe('a tenant that is being removed', () => {
  it('lets nobody in, and opens no text of its people', async () => {
    const { administrator } = house;
    const ofHouse = { ...atTheDoor, tenant: house.tenant };
    const { sealed } = granted(
      await tenant.ask(
        sealTexts,
        { personId: administrator.actorId, texts: ['geheim'] },
        { ...ofHouse, actorId: 'system:request' },
        { caller: 'request' },
      ),
    );
    const invited = house.stranger();
    granted(await remove());
    expect(await tenant.ask(whoIs, { personId: administrator.actorId }, ofHouse)).toMatchObject({
      refused: 'not-found',
    });
    const again = await signIn(tenant, administrator);
    expect(again).toMatchObject({ memberships: [] });
    expect(again.personId).not.toBe(administrator.actorId);
    expect(await tenant.ask(openSession, sessionOf(invited), atTheDoor, key())).toMatchObject({ memberships: [] });
    expect(await tenant.ask(resolvePeople, { ids: [administrator.actorId], sealed }, ofHouse)).toMatchObject({
      people: [{ name: null, email: null }],
      texts: [null],
    });
  });

  it('leaves people who also belong elsewhere who they are', async () => {
    const elsewhere = await newHouse(tenant);
    const erika = await house.join('user');
    const invited = { email: erika.email, roles: ['user' as const] };
    granted(await tenant.ask(inviteMember, invited, elsewhere.administrator, key()));
    expect((await signIn(tenant, erika)).memberships).toHaveLength(2);
    granted(await remove());
    expect(await signIn(tenant, erika)).toMatchObject({
      personId: erika.actorId,
      memberships: [{ tenantId: elsewhere.tenant }],
    });
  });

  it('is awaited by the job, and one that is only suspended is not', async () => {
    const awaited = async () => (await awaitedRemovals(tenant.database.admin)).map(({ id }) => id);
    granted(await tenant.ask(suspendTenant, { id: house.tenant }, platformAdministrator, key()));
    expect(await awaited()).not.toContain(house.tenant);
    granted(await remove());
    expect(await awaited()).toContain(house.tenant);
    granted(await tenant.ask(certifyRemoval, { id: house.tenant, ...nothing }, operator, byJob()));
    expect(await awaited()).not.toContain(house.tenant);
  });

  it('is no tenant to be opened, closed, listed or made again', async () => {
    granted(await remove());
    for (const change of [resumeTenant, suspendTenant])
      expect(await tenant.ask(change, { id: house.tenant }, platformAdministrator, key())).toMatchObject({
        refused: 'not-found',
      });
    const { items } = granted(await tenant.ask(listTenants, { limit: 200 }, platformAdministrator));
    expect(items.map(({ id }) => id)).not.toContain(house.tenant);
    const same = { slug: house.slug, name: 'Neu', administratorEmail: 'neu@example.com' };
    expect(await tenant.ask(createTenant, same, platformAdministrator, key())).toMatchObject({
      refused: 'tenant.slug-taken',
    });
  });

  it('is asked for once under one key', async () => {
    const how = key();
    const first = granted(await remove(house.slug, how));
    expect(granted(await remove(house.slug, how))).toEqual(first);
    expect(await remove()).toMatchObject({ refused: 'not-found' });
  });

  it('stands in the list once, latest first, also page by page', async () => {
    granted(await remove());
    const first = house;
    house = await newHouse(tenant);
    granted(await remove());
    const whole = granted(await tenant.ask(listRemovals, { limit: 200 }, platformAdministrator)).items;
    expect(whole.slice(0, 2).map(({ id }) => id)).toEqual([house.tenant, first.tenant]);
    const paged: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = granted(await tenant.ask(listRemovals, { limit: 1, cursor }, platformAdministrator));
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(whole.map(({ id }) => id));
  });

  it('has one certificate, the first', async () => {
    expect(await tenant.ask(certifyRemoval, { id: house.tenant, ...nothing }, operator, byJob())).toMatchObject({
      refused: 'not-found',
    });
    granted(await remove());
    expect(await own()).toMatchObject({
      requestedBy: { id: platformAdministrator.actorId },
      certificate: null,
    });
    const found = {
      rows: [{ schema: 'request', table: 'event', rows: 7 }],
      machines: 3,
      lastAudit: { number: 9, hash: 'ab' },
    };
    granted(await tenant.ask(certifyRemoval, { id: house.tenant, ...found }, operator, byJob()));
    granted(await tenant.ask(certifyRemoval, { id: house.tenant, ...nothing }, operator, byJob()));
    expect((await own())?.certificate).toMatchObject(found);
  });
});

describe('the decider of a removal', () => {
  const shop = { id: randomUUID(), slug: 'shop', name: 'Shop AG' };
  it('asks once, and certifies only what was asked for', () => {
    expect(requestRemoval(shop, noRemoval)).toHaveLength(1);
    const requested = { phase: 'requested', slug: 'shop', name: 'Shop AG', requestedBy: randomUUID() } as const;
    expect(requestRemoval(shop, requested)).toEqual([]);
    expect(certify(shop.id, nothing, noRemoval)).toEqual([]);
    expect(certify(shop.id, nothing, requested)).toMatchObject([{ type: 'tenant.removed' }]);
    expect(certify(shop.id, nothing, { ...requested, phase: 'removed' })).toEqual([]);
  });
});
