import { operation, personRef } from '@eaf/messaging/contract';
import { z } from 'zod';
import { environment, named, notFound, nothing, page, pageOf, sizeSpec } from '../vocabulary.js';

export const powerState = z.enum(['on', 'off', 'suspended', 'unknown']);
export const powerAction = z.enum(['on', 'off', 'shutdown', 'restart', 'reset']);
export const vmState = z.enum(['running', 'decommissioning', 'decommissioned']);

const vm = z.object({
  id: z.uuid(),
  requestId: z.uuid(),
  name: z.string(),
  owner: personRef,
  project: named,
  size: sizeSpec,
  environment,
  state: vmState,
  power: powerState,
  addresses: z.array(z.string()),
  hostName: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** When vCenter last told so. */
  seenAt: z.iso.datetime().nullable(),
  /** Why it could not be deleted yet, by a code of `runReasons`, and since when; it is tried again by itself. */
  heldUp: z.object({ reason: z.string(), since: z.iso.datetime() }).nullable(),
  /** Since when vCenter, which answers, no longer has it; null while it has, and while it is away. */
  missingSince: z.iso.datetime().nullable(),
});

export const listVms = operation({
  name: 'provisioning.list-vms',
  summary: 'VMs I may see, in the order asked for',
  callers: ['gateway'],
  allow: ['anyone'],
  input: page.extend({
    projectId: z.uuid().optional(),
    power: powerState.optional(),
    /** Only those that vCenter no longer has. */
    missing: z.stringbool().optional(),
    name: z.string().max(63).optional(),
    /** A cursor holds for the order that it came with. */
    sort: z.enum(['name', 'project', 'power', 'cost', 'created']).default('name'),
    descending: z.stringbool().default(false),
  }),
  /** `total`: how many there are in all pages. */
  output: pageOf(vm).extend({ total: z.int() }),
  http: { method: 'get', path: '/api/v1/vms' },
});

export const getVm = operation({
  name: 'provisioning.get-vm',
  summary: 'One VM with how to log in',
  callers: ['gateway'],
  allow: ['anyone'],
  input: z.object({ id: z.uuid() }),
  output: vm.extend({
    loginText: z.object({ de: z.string(), en: z.string() }),
    vcenter: named,
    moref: z.string(),
    instanceUuid: z.string(),
  }),
  refusals: { ...notFound },
  http: { method: 'get', path: '/api/v1/vms/{id}' },
});

const whileItLives = {
  ...notFound,
  'vm.not-running': z.object({ state: vmState }),
  'vcenter.away': z.object({ since: z.iso.datetime() }),
  'vm.missing-in-vcenter': nothing,
  'vm.not-switched': z.object({ reason: z.string() }),
};

/**
 * `power` is what vCenter says at the end: `on` while a guest still shuts down, `unknown` where it has not answered in
 * time (it may still do it, and the next look tells). A key that was used switches nothing again, however it ended: it is
 * answered with the power as last known.
 */
export const powerVm = operation({
  name: 'provisioning.power-vm',
  summary: 'Switches a VM on or off, softly where its guest can',
  callers: ['gateway'],
  allow: ['user', 'tenant-admin'],
  input: z.object({ id: z.uuid(), action: powerAction }),
  output: z.object({ id: z.uuid(), power: powerState }),
  refusals: whileItLives,
  writes: true,
  http: { method: 'post', path: '/api/v1/vms/{id}/power' },
});

export const decommissionVm = operation({
  name: 'provisioning.decommission-vm',
  summary: 'Deletes a VM for good; the name must be typed',
  callers: ['gateway'],
  allow: ['user', 'tenant-admin'],
  input: z.object({ id: z.uuid(), confirmName: z.string().max(63) }),
  output: z.object({ id: z.uuid(), state: vmState }),
  refusals: { ...notFound, 'vm.name-does-not-match': nothing },
  writes: true,
  http: { method: 'delete', path: '/api/v1/vms/{id}', status: 202 },
});

export const vmOperations = [listVms, getVm, powerVm, decommissionVm];
