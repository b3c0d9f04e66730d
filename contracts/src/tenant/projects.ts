import { operation } from '@eaf/messaging/contract';
import { z } from 'zod';
import { chosenCurrency, displayName, named, notFound, page, pageOf, quotaAmounts, sizeSpec } from '../vocabulary.js';

export const listProjects = operation({
  name: 'tenant.list-projects',
  summary: 'My projects; for administrators and auditors all of the tenant',
  callers: ['gateway'],
  allow: ['anyone'],
  input: page,
  output: pageOf(named.extend({ lead: z.boolean(), member: z.boolean() })),
  http: { method: 'get', path: '/api/v1/projects' },
});

export const createProject = operation({
  name: 'tenant.create-project',
  summary: 'Makes a project',
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: z.object({ name: displayName }),
  output: named,
  refusals: { 'project.name-taken': z.object({ name: z.string() }) },
  writes: true,
  http: { method: 'post', path: '/api/v1/admin/projects', status: 201 },
});

export const setProjectMember = operation({
  name: 'tenant.set-project-member',
  summary: 'Adds a person to a project, or changes whether she leads it',
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: z.object({ id: z.uuid(), personId: z.uuid(), lead: z.boolean().default(false) }),
  output: z.object({ projectId: z.uuid(), personId: z.uuid(), lead: z.boolean() }),
  refusals: { ...notFound },
  writes: true,
  http: { method: 'put', path: '/api/v1/admin/projects/{id}/members/{personId}' },
});

export const removeProjectMember = operation({
  name: 'tenant.remove-project-member',
  summary: 'Takes a person out of a project',
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: z.object({ id: z.uuid(), personId: z.uuid() }),
  output: z.object({ projectId: z.uuid(), personId: z.uuid() }),
  refusals: { ...notFound },
  writes: true,
  http: { method: 'delete', path: '/api/v1/admin/projects/{id}/members/{personId}' },
});

export const listSizes = operation({
  name: 'tenant.list-sizes',
  summary: 'What can be asked for and what it costs',
  callers: ['gateway'],
  allow: ['anyone'],
  input: page,
  output: pageOf(sizeSpec),
  http: { method: 'get', path: '/api/v1/sizes' },
});

export const defineSize = operation({
  name: 'tenant.define-size',
  summary: 'Makes or changes a size; requests made before keep theirs',
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: sizeSpec.extend({
    key: z.string().regex(/^[A-Za-z0-9-]{1,20}$/, '1 to 20 letters, digits or hyphens'),
    currency: chosenCurrency,
  }),
  output: sizeSpec,
  writes: true,
  http: { method: 'put', path: '/api/v1/admin/sizes/{key}' },
});

/** One limit and how it stands. `projectId` null is the tenant's own. */
export const quotaState = z.object({
  projectId: z.uuid().nullable(),
  projectName: z.string().nullable(),
  limits: quotaAmounts.nullable(),
  used: quotaAmounts,
  reserved: quotaAmounts,
});

export const listQuota = operation({
  name: 'tenant.list-quota',
  summary: 'Limits of the tenant and its projects, what is used and what is reserved',
  callers: ['gateway'],
  allow: ['anyone'],
  input: page,
  output: pageOf(quotaState),
  http: { method: 'get', path: '/api/v1/admin/quota' },
});

export const setTenantQuota = operation({
  name: 'tenant.set-tenant-quota',
  summary: "Sets the tenant's limits",
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: z.object({ limits: quotaAmounts.nullable() }),
  output: quotaState,
  writes: true,
  http: { method: 'put', path: '/api/v1/admin/quota' },
});

export const setProjectQuota = operation({
  name: 'tenant.set-project-quota',
  summary: "Sets a project's limits",
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: z.object({ id: z.uuid(), limits: quotaAmounts.nullable() }),
  output: quotaState,
  refusals: { ...notFound },
  writes: true,
  http: { method: 'put', path: '/api/v1/admin/projects/{id}/quota' },
});

export const projectsOperations = [
  listProjects,
  createProject,
  setProjectMember,
  removeProjectMember,
  listSizes,
  defineSize,
  listQuota,
  setTenantQuota,
  setProjectQuota,
];
