import { operation } from '@eaf/messaging/contract';
import { z } from 'zod';
import { chosenCurrency, displayName, notFound, page, pageOf } from '../vocabulary.js';

const tenant = z.object({ id: z.uuid(), slug: z.string(), name: z.string(), active: z.boolean() });

export const createTenant = operation({
  name: 'tenant.create',
  summary: 'Makes a tenant with the usual sizes, and invites its first administrator',
  callers: ['gateway'],
  allow: ['platform-admin'],
  input: z.object({
    slug: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'lower-case letters, digits and hyphens, 2 to 31 characters'),
    name: displayName,
    administratorEmail: z.email().max(254),
    currency: chosenCurrency.default('EUR'),
  }),
  output: tenant,
  refusals: { 'tenant.slug-taken': z.object({ slug: z.string() }) },
  writes: true,
  http: { method: 'post', path: '/api/v1/admin/tenants', status: 201 },
});

export const listTenants = operation({
  name: 'tenant.list',
  summary: 'All tenants',
  callers: ['gateway'],
  allow: ['platform-admin'],
  input: page,
  output: pageOf(tenant),
  http: { method: 'get', path: '/api/v1/admin/tenants' },
});

export const suspendTenant = operation({
  name: 'tenant.suspend',
  summary: 'Suspends a tenant: its people are told and change nothing; running VMs go on',
  callers: ['gateway'],
  allow: ['platform-admin'],
  input: z.object({ id: z.uuid() }),
  output: tenant,
  refusals: { ...notFound },
  writes: true,
  http: { method: 'post', path: '/api/v1/admin/tenants/{id}/suspend' },
});

export const resumeTenant = operation({
  name: 'tenant.resume',
  summary: 'Opens a suspended tenant again',
  callers: ['gateway'],
  allow: ['platform-admin'],
  input: z.object({ id: z.uuid() }),
  output: tenant,
  refusals: { ...notFound },
  writes: true,
  http: { method: 'post', path: '/api/v1/admin/tenants/{id}/resume' },
});

export const tenantsOperations = [createTenant, listTenants, suspendTenant, resumeTenant];
