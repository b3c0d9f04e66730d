import { operation } from '@eaf/messaging/contract';
import { z } from 'zod';
import { displayName, notFound, nothing, page, pageOf } from '../vocabulary.js';

/** Where VMs of the tenant go; names or inventory paths as in vCenter. */
const placement = z.object({
  datacenter: z.string().min(1).max(200),
  resourcePool: z.string().min(1).max(400),
  datastore: z.string().min(1).max(200),
  /** The tenant's one fixed VM folder; made when absent. */
  folder: z.string().min(1).max(400),
});

const settings = placement.extend({
  name: displayName,
  host: z.string().min(1).max(255),
  port: z.int().min(1).max(65535).default(443),
  username: z.string().min(1).max(200),
  /** PEM of the certificate or authority to trust; null: those the system trusts. */
  certificate: z
    .string()
    .max(20_000)
    .regex(/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/, 'a certificate in PEM')
    .nullable()
    .default(null),
  maxClones: z.int().min(1).max(64).default(8),
});

export const vcenterCheck = z.object({ check: z.string(), ok: z.boolean(), detail: z.string() });

const vcenter = settings.extend({
  id: z.uuid(),
  awaySince: z.iso.datetime().nullable(),
  lastSeenAt: z.iso.datetime().nullable(),
});

export const connectVCenter = operation({
  name: 'provisioning.connect-vcenter',
  summary: 'Enters a vCenter; the password is kept encrypted and never shown again',
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: settings.extend({ password: z.string().min(1).max(400) }),
  output: vcenter,
  refusals: {
    'vcenter.name-taken': z.object({ name: z.string() }),
    'vcenter.host-not-allowed': z.object({ host: z.string() }),
    'vcenter.certificate-unreadable': nothing,
  },
  writes: true,
  http: { method: 'post', path: '/api/v1/admin/vcenters', status: 201 },
});

export const changeVCenter = operation({
  name: 'provisioning.change-vcenter',
  summary: 'Changes a vCenter connection; without a password the old one stays, for the same host and user',
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: settings.extend({ id: z.uuid(), password: z.string().min(1).max(400).optional() }),
  output: vcenter,
  refusals: {
    ...notFound,
    'vcenter.name-taken': z.object({ name: z.string() }),
    'vcenter.host-not-allowed': z.object({ host: z.string() }),
    'vcenter.certificate-unreadable': nothing,
    'vcenter.password-needed': nothing,
    'vcenter.in-use': z.object({ vms: z.int() }),
  },
  writes: true,
  http: { method: 'put', path: '/api/v1/admin/vcenters/{id}' },
});

export const listVCenters = operation({
  name: 'provisioning.list-vcenters',
  summary: 'vCenter connections and since when one is away',
  callers: ['gateway'],
  allow: ['tenant-admin', 'auditor'],
  input: page,
  output: pageOf(vcenter),
  http: { method: 'get', path: '/api/v1/admin/vcenters' },
});

export const testVCenter = operation({
  name: 'provisioning.test-vcenter',
  summary: 'Tries host, certificate, login, rights and placement, and says what is wrong',
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: z.object({ id: z.uuid() }),
  output: z.object({
    ok: z.boolean(),
    checks: z.array(vcenterCheck),
    templates: z.array(z.string()),
    networks: z.array(z.string()),
  }),
  refusals: { ...notFound },
  http: { method: 'post', path: '/api/v1/admin/vcenters/{id}/test' },
});

export const vcenterOperations = [connectVCenter, changeVCenter, listVCenters, testVCenter];
