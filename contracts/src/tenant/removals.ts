import { operation, personRef } from '@eaf/messaging/contract';
import { operatorUser } from '@eaf/messaging/parked';
import { z } from 'zod';
import { notFound, nothing, page, pageOf } from '../vocabulary.js';
import { certificate } from './removal-certificate.js';

const removal = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  requestedBy: personRef,
  requestedAt: z.iso.datetime(),
  /** Null while the job has not ended. */
  certificate: certificate.extend({ removedAt: z.iso.datetime() }).nullable(),
});

/** Asked before the question is put, since nothing of it comes back. */
export const previewRemoval = operation({
  name: 'tenant.preview-removal',
  summary: 'What removing a tenant would take, and what stands in its way; nothing of its content',
  callers: ['gateway'],
  allow: ['platform-admin'],
  input: z.object({ id: z.uuid() }),
  output: z.object({
    people: z.int(),
    projects: z.int(),
    /** VMs that stay in vCenter. */
    machines: z.int(),
    /** VMs that are just being made or deleted; while there are any, it is refused. */
    underWay: z.int(),
  }),
  refusals: { ...notFound },
  http: { method: 'get', path: '/api/v1/admin/tenants/{id}/removal' },
});

export const removeTenant = operation({
  name: 'tenant.remove',
  summary: "Removes a tenant for good: closes it, destroys its people's keys, and orders the deletion of all its rows",
  callers: ['gateway'],
  allow: ['platform-admin'],
  /** `confirmName`: the tenant's name, typed. */
  input: z.object({ id: z.uuid(), confirmName: z.string().max(200) }),
  output: removal,
  refusals: {
    ...notFound,
    'tenant.name-does-not-match': nothing,
    'tenant.machines-under-way': z.object({ underWay: z.int() }),
  },
  writes: true,
  http: { method: 'post', path: '/api/v1/admin/tenants/{id}/removal', status: 202 },
});

export const listRemovals = operation({
  name: 'tenant.list-removals',
  summary: 'Tenants that are being removed or were, the latest first, with their certificates',
  callers: ['gateway'],
  allow: ['platform-admin'],
  input: page,
  output: pageOf(removal),
  http: { method: 'get', path: '/api/v1/admin/removals' },
});

/** For the job that has the owners' logins: it can delete, and the service alone keeps facts. */
export const certifyRemoval = operation({
  name: 'tenant.certify-removal',
  summary: 'Notes what the job has deleted, once nothing of the tenant is left',
  callers: [operatorUser],
  allow: ['services'],
  input: certificate.extend({ id: z.uuid() }),
  output: removal,
  refusals: { ...notFound },
  writes: true,
});

export const removalOperations = [previewRemoval, removeTenant, listRemovals, certifyRemoval];
