import { operation } from '@eaf/messaging/contract';
import { z } from 'zod';

/** How every new VM's name in a tenant begins, such as `sw-`; empty: names begin as people like. */
export const namingRule = z.object({
  prefix: z
    .string()
    .regex(/^([a-z][a-z0-9-]{0,19})?$/, 'lower-case letters, digits and hyphens, at most 20 characters'),
});

export const getNamingRule = operation({
  name: 'provisioning.get-naming-rule',
  summary: 'How names of new VMs begin',
  callers: ['gateway'],
  allow: ['anyone'],
  input: z.object({}),
  output: namingRule,
  http: { method: 'get', path: '/api/v1/naming-rule' },
});

export const setNamingRule = operation({
  name: 'provisioning.set-naming-rule',
  summary: 'How names of new VMs begin; VMs and requests that exist keep theirs',
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: namingRule,
  output: namingRule,
  writes: true,
  http: { method: 'put', path: '/api/v1/admin/naming-rule' },
});

export const namingOperations = [getNamingRule, setNamingRule];
