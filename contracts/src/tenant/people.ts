import { operation, personRef } from '@eaf/messaging/contract';
import { z } from 'zod';
import { language, named, notFound, nothing, page, pageOf, role, timeZone } from '../vocabulary.js';
import { brand } from './branding.js';

const membership = z.object({
  tenantId: z.uuid(),
  slug: z.string(),
  name: z.string(),
  roles: z.array(role),
  active: z.boolean(),
});

/** The gateway alone asks this, after it has verified the identity provider's answer. */
export const openSession = operation({
  name: 'tenant.open-session',
  summary: 'Finds or makes the principal behind a verified sign-in and says where it belongs',
  callers: ['gateway'],
  allow: ['services'],
  input: z.object({
    issuer: z.string(),
    subject: z.string().max(255),
    name: z.string().max(200),
    email: z.string().max(254).nullable(),
    emailVerified: z.boolean(),
    language: language,
    groups: z.array(z.string().max(200)).max(200),
    /** Names the first platform administrator; printed once by the set-up. */
    setupToken: z.string().max(100).nullable(),
    /** Writes the sign-in to the trail; false for a bearer that is only looked up. */
    signIn: z.boolean(),
  }),
  output: z.object({ personId: z.uuid(), memberships: z.array(membership) }),
  writes: true,
});

export const closeSession = operation({
  name: 'tenant.close-session',
  summary: 'Writes the sign-out to the trail',
  callers: ['gateway'],
  allow: ['anyone'],
  input: nothing,
  output: nothing,
  writes: true,
});

/** Asked at most every five seconds a session, so that a role taken away stops working at once. */
export const whoIs = operation({
  name: 'tenant.who-is',
  summary: "A person's roles and projects in a tenant, now",
  callers: ['gateway'],
  allow: ['services'],
  input: z.object({ personId: z.uuid() }),
  output: membership.extend({ language, projects: z.array(z.object({ id: z.uuid(), lead: z.boolean() })) }),
  refusals: { ...notFound },
});

/** Roles whose first steps in the portal the person has put away. */
const leftGuides = z.array(role).max(role.options.length);

export const me = operation({
  name: 'tenant.me',
  summary: 'Who I am, where I belong and what I may do',
  callers: ['gateway'],
  allow: ['anyone'],
  input: nothing,
  output: z.object({
    person: personRef,
    language,
    /** Null: that of the device. */
    timeZone: timeZone.nullable(),
    leftGuides,
    /** `active` false: it is suspended; what is there can be read, and nothing can be changed. */
    tenant: z.object({ id: z.uuid(), slug: z.string(), name: z.string(), active: z.boolean(), brand }),
    roles: z.array(role),
    projects: z.array(named.extend({ lead: z.boolean() })),
  }),
  refusals: { ...notFound },
  http: { method: 'get', path: '/api/v1/me' },
});

export const setPreferences = operation({
  name: 'tenant.set-preferences',
  summary: 'My language, time zone, and which first steps I have put away; what is left out stays',
  callers: ['gateway'],
  allow: ['anyone'],
  input: z.object({
    language: language.optional(),
    timeZone: timeZone.nullable().optional(),
    leftGuides: leftGuides.optional(),
  }),
  output: z.object({ language, timeZone: timeZone.nullable(), leftGuides }),
  refusals: { ...notFound },
  writes: true,
  http: { method: 'put', path: '/api/v1/me/preferences' },
});

/** Names and opened texts, for those two that talk to people. Erased people and texts are null. */
export const resolvePeople = operation({
  name: 'tenant.resolve-people',
  summary: 'Names and mail addresses behind ids, and sealed texts opened',
  callers: ['gateway', 'notification'],
  allow: ['services'],
  input: z.object({ ids: z.array(z.string()).max(1000), sealed: z.array(z.string().max(20_000)).max(1000) }),
  output: z.object({
    people: z.array(z.object({ id: z.string(), name: z.string().nullable(), email: z.string().nullable(), language })),
    texts: z.array(z.string().nullable()),
  }),
});

export const sealTexts = operation({
  name: 'tenant.seal-texts',
  summary: "Seals texts under their writer's key, which never leaves tenant",
  callers: ['request', 'approval'],
  allow: ['services'],
  input: z.object({ personId: z.uuid(), texts: z.array(z.string().max(10_000)).max(20) }),
  output: z.object({ sealed: z.array(z.string()) }),
});

export const listMembers = operation({
  name: 'tenant.list-members',
  summary: 'People of the tenant with their roles',
  callers: ['gateway'],
  allow: ['tenant-admin', 'auditor'],
  input: page,
  output: pageOf(
    z.object({ person: personRef, roles: z.array(role), projects: z.array(named.extend({ lead: z.boolean() })) }),
  ),
  http: { method: 'get', path: '/api/v1/admin/members' },
});

export const inviteMember = operation({
  name: 'tenant.invite-member',
  summary: 'Lets somebody join at the first sign-in with this verified mail address',
  callers: ['gateway'],
  allow: ['tenant-admin', 'platform-admin'],
  input: z.object({
    email: z.email().max(254),
    roles: z.array(role.exclude(['platform-admin'])).min(1),
    /** Projects to join along with the tenant. */
    projects: z.array(z.object({ projectId: z.uuid(), lead: z.boolean().default(false) })).default([]),
  }),
  output: z.object({ invitationId: z.uuid() }),
  refusals: { ...notFound },
  writes: true,
  http: { method: 'post', path: '/api/v1/admin/members', status: 201 },
});

export const changeRoles = operation({
  name: 'tenant.change-roles',
  summary: 'Sets the roles of a person in the tenant',
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: z.object({ personId: z.uuid(), roles: z.array(role.exclude(['platform-admin'])) }),
  output: z.object({ personId: z.uuid(), roles: z.array(role) }),
  refusals: { ...notFound, 'member.last-administrator': nothing },
  writes: true,
  http: { method: 'put', path: '/api/v1/admin/members/{personId}/roles' },
});

export const peopleOperations = [
  openSession,
  closeSession,
  whoIs,
  me,
  setPreferences,
  resolvePeople,
  sealTexts,
  listMembers,
  inviteMember,
  changeRoles,
];
