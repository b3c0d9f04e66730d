import { createHash, randomUUID } from 'node:crypto';
import {
  changeRoles,
  createProject,
  createTenant,
  inviteMember,
  listMembers,
  listProjects,
  me,
  memberJoined,
  openSession,
  platformTenant,
  projectMemberSet,
  removeProjectMember,
  resolvePeople,
  rolesChanged,
  sealTexts,
  setPreferences,
  setProjectMember,
  setProjectQuota,
  whoIs,
} from '@dvmm/contracts';
import { isRefusal } from '@eaf/messaging/contract';
import { eventually } from '@eaf/testing';
import { describe, expect, it } from 'vitest';
import {
  atTheDoor,
  granted,
  type House,
  newHouse,
  type Person,
  platformAdministrator,
  reserve,
  sessionOf,
  signIn,
  tenantUnderTest,
} from './tenant-under-test.js';

const tenant = tenantUnderTest();
const key = () => ({ idempotencyKey: randomUUID() });
const absent = { refused: 'not-found', detail: {} };

const who = (house: House, { actorId }: Person) =>
  tenant.ask(whoIs, { personId: actorId }, { ...atTheDoor, tenant: house.tenant });
const setRoles = (house: House, person: Person, roles: Person['roles'], by = house.administrator) =>
  tenant.ask(changeRoles, { personId: person.actorId, roles: roles as never }, by, key());

describe('a tenant', () => {
  it('is made once under one key, which stands for no other', async () => {
    const administratorEmail = `${randomUUID()}@example.com`;
    const wish = { slug: `t-${randomUUID().slice(0, 12)}`, name: 'Once', administratorEmail };
    const key = { idempotencyKey: randomUUID() };
    const first = granted(await tenant.ask(createTenant, wish, platformAdministrator, key));
    expect(granted(await tenant.ask(createTenant, wish, platformAdministrator, key))).toEqual(first);
    const other = { ...wish, slug: `t-${randomUUID().slice(0, 12)}` };
    await expect(tenant.ask(createTenant, other, platformAdministrator, key)).rejects.toMatchObject({
      code: 'key-reused',
    });
  });
});

describe('the first administrator of the platform', () => {
  const issue = async (validFor: string) => {
    const token = randomUUID();
    await tenant.rows(`INSERT INTO setup_token (tenant_id, token, expires_at) VALUES ($1, $2, now() + $3::interval)`, [
      platformTenant,
      createHash('sha256').update(token).digest('hex'),
      validFor,
    ]);
    return token;
  };
  const rolesOf = async (setupToken: string) => {
    const stranger = { email: `${randomUUID()}@example.com`, subject: randomUUID() };
    const { memberships } = granted(
      await tenant.ask(openSession, { ...sessionOf(stranger), setupToken }, atTheDoor, key()),
    );
    return memberships.flatMap(({ roles }) => roles);
  };

  it('gets in by a link that is used once, and by none that is too old', async () => {
    const token = await issue('1 minute');
    expect(await rolesOf(token)).toEqual(['platform-admin']);
    expect(await rolesOf(token)).toEqual([]);
    expect(await rolesOf(await issue('-1 second'))).toEqual([]);
  });
});

describe('belonging', () => {
  it('begins at the first sign-in with the invited address', async () => {
    const house = await newHouse(tenant);
    const invited = house.stranger();
    const projectId = await house.project('Shop');
    const projects = [{ projectId, lead: true }];
    await tenant.ask(
      inviteMember,
      { email: invited.email.toUpperCase(), roles: ['user'], projects },
      house.administrator,
      key(),
    );
    const { personId, memberships } = await signIn(tenant, invited);
    expect(memberships.map(({ tenantId, roles }) => [tenantId, roles])).toEqual([[house.tenant, ['user']]]);
    expect(await tenant.fact(memberJoined, ({ data }) => data.personId === personId)).toMatchObject({
      data: { roles: ['user'] },
    });
    await tenant.fact(projectMemberSet, ({ data }) => data.personId === personId && data.lead);
    expect(await signIn(tenant, invited)).toMatchObject({ personId }); // The same person ever after.
  });

  it('is nothing an unproven address can claim', async () => {
    const house = await newHouse(tenant);
    const invited = house.stranger();
    await tenant.ask(inviteMember, { email: invited.email, roles: ['tenant-admin'] }, house.administrator, key());
    const thief = { ...invited, subject: randomUUID() };
    expect(await signIn(tenant, thief, { emailVerified: false })).toMatchObject({ memberships: [] });
    expect((await signIn(tenant, invited)).memberships).toHaveLength(1);
  });

  it('is used up by whoever comes first', async () => {
    const house = await newHouse(tenant);
    const invited = house.stranger();
    await tenant.ask(inviteMember, { email: invited.email, roles: ['user'] }, house.administrator, key());
    await signIn(tenant, invited);
    const second = await signIn(tenant, { ...invited, subject: randomUUID() });
    expect(second.memberships).toEqual([]);
  });

  it('begins once when six first requests come at once', async () => {
    const house = await newHouse(tenant);
    const invited = house.stranger();
    const projects = [{ projectId: await house.project('Shop') }];
    await tenant.ask(inviteMember, { email: invited.email, roles: ['user'], projects }, house.administrator, key());
    // As a page does that asks for six things with a new token.
    const all = await Promise.all(Array.from({ length: 6 }, () => signIn(tenant, invited, { signIn: false })));
    const [first] = all;
    expect(new Set(all.map(({ personId }) => personId)).size).toBe(1);
    expect(all.every(({ memberships }) => memberships.length === 1)).toBe(true);
    await tenant.settled();
    for (const fact of [memberJoined, projectMemberSet]) {
      expect(tenant.factsOf(fact).filter(({ data }) => data.personId === first?.personId)).toHaveLength(1);
    }
  });
});

describe('an invitation', () => {
  it('that was accepted brings nothing back when it is sent once more', async () => {
    const house = await newHouse(tenant);
    const invited = house.stranger();
    const once = key();
    const wish = { email: invited.email, roles: ['user' as const, 'approver' as const] };
    granted(await tenant.ask(inviteMember, wish, house.administrator, once));
    const { personId } = await signIn(tenant, invited);
    const person: Person = { ...invited, tenant: house.tenant, actorId: personId, roles: [] };
    granted(await setRoles(house, person, ['user']));
    granted(await tenant.ask(inviteMember, wish, house.administrator, once));
    await signIn(tenant, invited);
    expect(await who(house, person)).toMatchObject({ roles: ['user'] });
  });
});

describe('roles', () => {
  it('count from the moment they are changed', async () => {
    const house = await newHouse(tenant);
    const erika = await house.join('user');
    granted(await setRoles(house, erika, ['user', 'approver']));
    expect(await who(house, erika)).toMatchObject({ roles: ['user', 'approver'] });
    await tenant.fact(rolesChanged, ({ data }) => data.personId === erika.actorId && data.roles.length === 2);
    granted(await setRoles(house, erika, []));
    expect(await who(house, erika)).toMatchObject({ roles: [] });
  });

  it('leave every tenant an administrator', async () => {
    const house = await newHouse(tenant);
    const { administrator } = house;
    expect(await setRoles(house, administrator, ['user'])).toEqual({
      refused: 'member.last-administrator',
      detail: {},
    });
    const second = await house.join('tenant-admin');
    granted(await setRoles(house, administrator, ['user']));
    expect(await setRoles(house, second, ['user'], second)).toMatchObject({ refused: 'member.last-administrator' });
  });

  it('leave one also when the other demotion is not stored yet', async () => {
    const house = await newHouse(tenant);
    const second = await house.join('tenant-admin');
    const { admin } = tenant.database;
    await admin.query('BEGIN');
    await admin.query("SELECT set_config('eaf.tenant', $1, true)", [house.tenant]);
    await admin.query("UPDATE member SET roles = '{user}' WHERE tenant_id = $1 AND person_id = $2", [
      house.tenant,
      house.administrator.actorId,
    ]);
    await admin.query('SELECT require_administrator()');
    const asked = setRoles(house, second, ['user'], second);
    const waiting = async () =>
      (await admin.query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")).rowCount === 1;
    await eventually(waiting, { what: 'the second demotion waiting for the first' }).finally(() =>
      admin.query('COMMIT'),
    );
    expect(await asked).toMatchObject({ refused: 'member.last-administrator' });
  });

  it('leave one when two administrators demote each other', async () => {
    for (let round = 0; round < 5; round++) {
      const house = await newHouse(tenant);
      const second = await house.join('tenant-admin');
      const both = await Promise.allSettled([
        setRoles(house, second, ['user'], house.administrator),
        setRoles(house, house.administrator, ['user'], second),
      ]);
      const { items } = granted(await tenant.ask(listMembers, {}, { ...second, roles: ['tenant-admin'] }));
      expect(items.filter(({ roles }) => roles.includes('tenant-admin'))).toHaveLength(1);
      expect(both.filter((one) => one.status === 'fulfilled' && !isRefusal(one.value))).toHaveLength(1);
    }
  });

  it('are changed by administrators alone', async () => {
    const house = await newHouse(tenant);
    const [erika, auditor] = [await house.join('user'), await house.join('auditor')];
    for (const by of [erika, auditor]) {
      await expect(setRoles(house, erika, ['tenant-admin'], by)).rejects.toMatchObject({ code: 'not-allowed' });
    }
  });
});

describe('projects', () => {
  it('are seen by members, and all by administrators', async () => {
    const house = await newHouse(tenant);
    const [erika, auditor] = [await house.join('user'), await house.join('auditor')];
    const shop = await house.project('Shop', erika);
    const lab = await house.project('Labor');
    const seenBy = async (person: Person) =>
      granted(await tenant.ask(listProjects, {}, person)).items.map(({ id, member }) => [id, member]);
    expect(await seenBy(erika)).toEqual([[shop, true]]);
    expect(await seenBy(auditor)).toEqual([
      [lab, false],
      [shop, false],
    ]);
    await tenant.ask(removeProjectMember, { id: shop, personId: erika.actorId }, house.administrator, key());
    expect(await seenBy(erika)).toEqual([]);
    expect(await who(house, erika)).toMatchObject({ projects: [] });
  });

  it('have one name each', async () => {
    const house = await newHouse(tenant);
    await house.project('Shop');
    const again = await tenant.ask(createProject, { name: 'Shop' }, house.administrator, key());
    expect(again).toEqual({ refused: 'project.name-taken', detail: { name: 'Shop' } });
    expect(await (await newHouse(tenant)).project('Shop')).toBeTruthy(); // Another tenant's names are its own.
  });
});

describe("another tenant's ids", () => {
  it('are absent, whoever asks for whatever', async () => {
    const [house, elsewhere] = [await newHouse(tenant), await newHouse(tenant)];
    const [erika, foreigner] = [await house.join('user'), await elsewhere.join('user')];
    const own = await house.project('Shop', erika);
    const foreign = await elsewhere.project('Shop', foreigner);
    const by = house.administrator;
    const limits = { vms: 0, vcpus: 0, memoryMiB: 0, diskGiB: 0 };
    const tries = [
      tenant.ask(setProjectMember, { id: foreign, personId: erika.actorId }, by, key()),
      tenant.ask(setProjectMember, { id: own, personId: foreigner.actorId }, by, key()),
      tenant.ask(removeProjectMember, { id: foreign, personId: foreigner.actorId }, by, key()),
      tenant.ask(setProjectQuota, { id: foreign, limits }, by, key()),
      tenant.ask(changeRoles, { personId: foreigner.actorId, roles: [] }, by, key()),
      tenant.ask(
        inviteMember,
        { email: 'a@example.com', roles: ['user'], projects: [{ projectId: foreign }] },
        by,
        key(),
      ),
      who(house, foreigner),
    ];
    expect(await Promise.all(tries)).toEqual(tries.map(() => absent));
    expect(await reserve(tenant, erika, foreign)).toEqual({ refused: 'project.not-found', detail: {} });
    expect(await who(elsewhere, foreigner)).toMatchObject({ roles: ['user'], projects: [{ id: foreign }] });
    const { items } = granted(await tenant.ask(listMembers, {}, by));
    expect(items.map(({ person }) => person.id).sort()).toEqual([by.actorId, erika.actorId].sort());
  });

  it('answer like ids that never were', async () => {
    const [house, elsewhere] = [await newHouse(tenant), await newHouse(tenant)];
    const foreign = await elsewhere.project('Shop');
    const { actorId: personId } = house.administrator;
    const answers = await Promise.all(
      [foreign, randomUUID()].map((id) => tenant.ask(setProjectMember, { id, personId }, house.administrator, key())),
    );
    expect(answers[0]).toEqual(answers[1]);
  });
});

describe('what people write', () => {
  const text = 'Für Frau Müller, Zimmer 12';
  const asService = (house: House, caller: string) => ({
    tenant: house.tenant,
    actorId: `system:${caller}`,
    roles: [],
  });
  const seal = async (house: House, person: Person, texts = [text]) =>
    granted(
      await tenant.ask(sealTexts, { personId: person.actorId, texts }, asService(house, 'request'), {
        caller: 'request',
      }),
    ).sealed;
  const reveal = async (house: House, sealed: string[], ids: string[] = []) =>
    granted(
      await tenant.ask(resolvePeople, { ids, sealed }, asService(house, 'notification'), { caller: 'notification' }),
    );

  it('is sealed for its tenant and opened again', async () => {
    const house = await newHouse(tenant);
    const erika = await house.join('user');
    const sealed = await seal(house, erika, [text, text]);
    expect(sealed.join()).not.toContain('Müller');
    expect(sealed[0]).not.toBe(sealed[1]); // Equal texts do not show that they are equal.
    expect((await reveal(house, sealed)).texts).toEqual([text, text]);
  });

  it('opens in no other tenant and under no other name', async () => {
    const [house, elsewhere] = [await newHouse(tenant), await newHouse(tenant)];
    const [erika, colleague] = [await house.join('user'), await house.join('user')];
    const [sealed = ''] = await seal(house, erika);
    const swapped = sealed.replace(erika.actorId, colleague.actorId);
    expect((await reveal(house, [sealed, swapped, 'sealed:nonsense', ''])).texts).toEqual([text, null, null, null]);
    expect(await reveal(elsewhere, [sealed], [erika.actorId])).toMatchObject({
      texts: [null],
      people: [{ name: null, email: null }],
    });
  });

  it('is gone with the person who wrote it', async () => {
    const house = await newHouse(tenant);
    const erika = await house.join('user');
    const sealed = await seal(house, erika);
    await tenant.rows('DELETE FROM person WHERE id = $1', [erika.actorId]);
    const revealed = await reveal(house, sealed, [erika.actorId]);
    expect(revealed).toMatchObject({ texts: [null], people: [{ id: erika.actorId, name: null, email: null }] });
  });

  it('is sealed for people of the tenant only', async () => {
    const [house, elsewhere] = [await newHouse(tenant), await newHouse(tenant)];
    const foreigner = await elsewhere.join('user');
    await expect(seal(house, foreigner)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('keeps the language she chose through her next sign-in', async () => {
    const house = await newHouse(tenant);
    const erika = await house.join('user');
    granted(await tenant.ask(setPreferences, { language: 'en' }, erika, key()));
    await signIn(tenant, erika, { name: 'Erika Neu' });
    expect(granted(await tenant.ask(me, {}, erika)).language).toBe('en');
    expect((await reveal(house, [], [erika.actorId])).people).toEqual([
      { id: erika.actorId, name: 'Erika Neu', email: erika.email, language: 'en' },
    ]);
  });

  it('keeps her time zone beside the language, and each alone', async () => {
    const house = await newHouse(tenant);
    const [erika, bernd] = [await house.join('user'), await house.join('user')];
    const set = (wish: Parameters<typeof tenant.ask<typeof setPreferences>>[1]) =>
      tenant.ask(setPreferences, wish, erika, key());
    expect(granted(await set({ timeZone: 'America/New_York' }))).toEqual({
      language: 'de',
      timeZone: 'America/New_York',
      leftGuides: [],
    });
    expect(granted(await set({ language: 'en' }))).toMatchObject({ language: 'en', timeZone: 'America/New_York' });
    await signIn(tenant, erika);
    expect(granted(await tenant.ask(me, {}, erika)).timeZone).toBe('America/New_York');
    expect(granted(await tenant.ask(me, {}, bernd)).timeZone).toBeNull();
    expect(granted(await set({ timeZone: null }))).toMatchObject({ language: 'en', timeZone: null });
  });

  it.each(['Europe/Bielefeld', '+01:00', '', 'Europe/Berlin; DROP'])('refuses the time zone %j', async (timeZone) => {
    const erika = await (await newHouse(tenant)).join('user');
    await expect(tenant.ask(setPreferences, { timeZone }, erika, key())).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });

  it('remembers the first steps that she put away, until she wants them back', async () => {
    const house = await newHouse(tenant);
    const erika = await house.join('user');
    const left = async () => granted(await tenant.ask(me, {}, erika)).leftGuides;
    expect(await left()).toEqual([]);
    granted(await tenant.ask(setPreferences, { leftGuides: ['user'] }, erika, key()));
    granted(await tenant.ask(setPreferences, { language: 'en' }, erika, key()));
    await signIn(tenant, erika);
    expect(await left()).toEqual(['user']);
    granted(await tenant.ask(setPreferences, { leftGuides: [] }, erika, key()));
    expect(await left()).toEqual([]);
    const unknown = { leftGuides: ['king' as 'user'] };
    await expect(tenant.ask(setPreferences, unknown, erika, key())).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('keeps no preferences for somebody of another tenant', async () => {
    const [house, elsewhere] = [await newHouse(tenant), await newHouse(tenant)];
    const foreigner = { ...(await elsewhere.join('user')), tenant: house.tenant };
    expect(await tenant.ask(setPreferences, { language: 'en' }, foreigner, key())).toEqual(absent);
  });
});
