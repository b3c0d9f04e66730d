import { operation } from '@eaf/messaging/contract';
import { z } from 'zod';
import { named, nothing, vmName } from '../vocabulary.js';

/** From the last inventory, never by a call to vCenter while a person waits; `asOf` null: there is none yet. */
export const vmCheck = z.object({
  /** `free` null: nobody holds the name, but what vCenter has is not known yet. */
  name: z.object({
    free: z.boolean().nullable(),
    suggestion: z.string().nullable(),
    /** How it would have to begin; null: as it does. */
    mustBegin: z.string().nullable(),
  }),
  template: z.enum(['there', 'missing', 'unknown']),
  network: z.enum(['there', 'missing', 'full', 'unknown']),
  vcenterAwaySince: z.iso.datetime().nullable(),
  asOf: z.iso.datetime().nullable(),
});

const wanted = z.object({ name: vmName, templateId: z.uuid(), networkId: z.uuid() });

export const checkVm = operation({
  name: 'provisioning.check-vm',
  summary: 'Whether name, template and network would do, as far as is known',
  callers: ['request'],
  allow: ['user', 'tenant-admin'],
  input: wanted,
  output: vmCheck,
});

export const holdName = operation({
  name: 'provisioning.hold',
  summary: 'Holds the name, and an address where the network has a pool, until the request ends or the VM is gone',
  callers: ['request'],
  allow: ['user', 'tenant-admin'],
  input: wanted.extend({ requestId: z.uuid() }),
  output: z.object({ template: named, network: named, address: z.string().nullable() }),
  refusals: {
    'name.taken': z.object({ name: z.string(), suggestion: z.string() }),
    'name.breaks-rule': z.object({ name: z.string(), prefix: z.string() }),
    'template.unknown': nothing,
    'network.unknown': nothing,
    'network.full': z.object({ network: z.string() }),
  },
  writes: true,
});

export const holdOperations = [checkVm, holdName];
