import { event } from '@eaf/messaging/contract';
import { z } from 'zod';
import { hexColour, quotaAmounts, role, sizeSpec } from '../vocabulary.js';
import { certificate } from './removal-certificate.js';

export const tenantCreated = event({
  type: 'tenant.created',
  summary: 'A tenant exists and its people may sign in.',
  heardBy: [],
  data: z.object({ tenantId: z.uuid(), slug: z.string(), name: z.string() }),
});
export const tenantSuspended = event({
  type: 'tenant.suspended',
  summary: 'Nobody of this tenant may change anything any more.',
  heardBy: [],
  data: z.object({ tenantId: z.uuid() }),
});
export const tenantResumed = event({
  type: 'tenant.resumed',
  summary: 'A suspended tenant works again.',
  heardBy: [],
  data: z.object({ tenantId: z.uuid() }),
});

export const removalRequested = event({
  type: 'tenant.removal-requested',
  summary:
    "In the platform's own stream: a tenant is closed for good, its keys are destroyed, its rows are to be deleted.",
  heardBy: [],
  data: z.object({ tenantId: z.uuid(), slug: z.string(), name: z.string() }),
});
export const tenantRemoved = event({
  type: 'tenant.removed',
  summary: "In the platform's own stream: nothing of a tenant is left but this certificate.",
  heardBy: [],
  data: z.object({
    tenantId: z.uuid(),
    slug: z.string(),
    name: z.string(),
    requestedBy: z.uuid(),
    ...certificate.shape,
  }),
});

export const memberJoined = event({
  type: 'tenant.member-joined',
  summary: 'A person signed in to the tenant for the first time.',
  heardBy: ['approval', 'notification'],
  data: z.object({ personId: z.uuid(), roles: z.array(role) }),
});
export const rolesChanged = event({
  type: 'tenant.roles-changed',
  summary: 'The roles a person holds in the tenant, all of them.',
  heardBy: ['approval', 'notification'],
  data: z.object({ personId: z.uuid(), roles: z.array(role) }),
});
export const memberInvited = event({
  type: 'tenant.member-invited',
  summary: 'Somebody may join; who, the directory knows.',
  heardBy: [],
  data: z.object({ invitationId: z.uuid(), roles: z.array(role) }),
});
export const signedIn = event({
  type: 'tenant.signed-in',
  summary: 'A person began a session.',
  heardBy: [],
  data: z.object({ personId: z.uuid() }),
});
export const signedOut = event({
  type: 'tenant.signed-out',
  summary: 'A person ended a session.',
  heardBy: [],
  data: z.object({ personId: z.uuid() }),
});

export const brandingChanged = event({
  type: 'tenant.branding-changed',
  summary: 'In which colour and under which logo the portal shows itself to the tenant. Null: its own.',
  heardBy: [],
  data: z.object({
    colour: hexColour.nullable(),
    /** What became of the colour in either theme. */
    light: hexColour.nullable(),
    dark: hexColour.nullable(),
    /** Of the image, which is no part of any event. */
    logoSha256: z.string().nullable(),
  }),
});

export const projectCreated = event({
  type: 'tenant.project-created',
  summary: 'A project exists.',
  heardBy: [],
  data: z.object({ projectId: z.uuid(), name: z.string() }),
});
export const projectMemberSet = event({
  type: 'tenant.project-member-set',
  summary: 'A person belongs to a project, as a lead or not.',
  heardBy: ['approval'],
  data: z.object({ projectId: z.uuid(), personId: z.uuid(), lead: z.boolean() }),
});
export const projectMemberRemoved = event({
  type: 'tenant.project-member-removed',
  summary: 'A person no longer belongs to a project.',
  heardBy: ['approval'],
  data: z.object({ projectId: z.uuid(), personId: z.uuid() }),
});

export const sizeDefined = event({
  type: 'tenant.size-defined',
  summary: 'What a size means from now on; requests made before keep theirs.',
  heardBy: [],
  data: sizeSpec,
});
export const quotaSet = event({
  type: 'tenant.quota-set',
  summary: 'A limit of the tenant (no project) or of one project. A null limit is no limit.',
  heardBy: [],
  data: z.object({ projectId: z.uuid().nullable(), limits: quotaAmounts.nullable() }),
});
export const quotaReserved = event({
  type: 'tenant.quota-reserved',
  summary: 'Amounts are set aside for a request.',
  heardBy: [],
  data: z.object({
    requestId: z.uuid(),
    attempt: z.int(),
    projectId: z.uuid(),
    projectName: z.string(),
    amounts: quotaAmounts,
    size: sizeSpec,
  }),
});
export const quotaConsumed = event({
  type: 'tenant.quota-consumed',
  summary: 'What was set aside is in use: the VM exists.',
  heardBy: [],
  data: z.object({ requestId: z.uuid() }),
});
export const quotaReleased = event({
  type: 'tenant.quota-released',
  summary: 'What a request had reserved or used is free again.',
  heardBy: [],
  data: z.object({ requestId: z.uuid(), because: z.string() }),
});

export const tenantEvents = [
  tenantCreated,
  tenantSuspended,
  tenantResumed,
  removalRequested,
  tenantRemoved,
  memberInvited,
  memberJoined,
  rolesChanged,
  signedIn,
  signedOut,
  brandingChanged,
  projectCreated,
  projectMemberSet,
  projectMemberRemoved,
  sizeDefined,
  quotaSet,
  quotaReserved,
  quotaConsumed,
  quotaReleased,
];
