import { operation } from '@eaf/messaging/contract';
import { z } from 'zod';
import { displayName, named, notFound, page, pageOf } from '../vocabulary.js';

/** How to log in to a VM of this template, for people. */
export const loginText = z.object({ de: z.string().max(2000), en: z.string().max(2000) });

const template = named.extend({
  vcenterId: z.uuid(),
  /** Name of the template in vCenter. */
  vcenterName: z.string(),
  guest: z.enum(['linux', 'windows']),
  loginText,
});

export const listTemplates = operation({
  name: 'provisioning.list-templates',
  summary: 'Operating systems to choose from',
  callers: ['gateway'],
  allow: ['anyone'],
  input: page,
  output: pageOf(template),
  http: { method: 'get', path: '/api/v1/templates' },
});

export const offerTemplate = operation({
  name: 'provisioning.offer-template',
  summary: 'Offers a template of a vCenter under a name people understand, with how to log in',
  callers: ['gateway'],
  allow: ['tenant-admin'],
  // Windows guests cannot be customised yet, so none is offered.
  input: template.omit({ id: true }).extend({ name: displayName, guest: z.enum(['linux']) }),
  output: template,
  refusals: { ...notFound, 'template.missing-in-vcenter': z.object({ name: z.string(), found: z.array(z.string()) }) },
  writes: true,
  http: { method: 'post', path: '/api/v1/admin/templates', status: 201 },
});

/** Static addresses are taken from `first` to `last`, both included. */
export const addressing = z.union([
  z.object({ mode: z.literal('dhcp') }),
  z.object({
    mode: z.literal('static'),
    first: z.ipv4(),
    last: z.ipv4(),
    prefixLength: z.int().min(8).max(30),
    gateway: z.ipv4(),
    dnsServers: z.array(z.ipv4()).max(4),
  }),
]);
export type Addressing = z.output<typeof addressing>;

export const poolFault = z.enum([
  'last-before-first',
  'too-large',
  'two-subnets',
  'gateway-elsewhere',
  'first-is-subnet',
  'last-is-broadcast',
  'only-gateway',
]);
export type PoolFault = z.output<typeof poolFault>;

const network = named.extend({ vcenterId: z.uuid(), vcenterName: z.string(), addressing });

export const listNetworks = operation({
  name: 'provisioning.list-networks',
  summary: 'Networks to choose from',
  callers: ['gateway'],
  allow: ['anyone'],
  input: page,
  output: pageOf(network.extend({ freeAddresses: z.int().nullable() })),
  http: { method: 'get', path: '/api/v1/networks' },
});

export const offerNetwork = operation({
  name: 'provisioning.offer-network',
  summary: 'Offers a network of a vCenter, with DHCP or a pool of addresses',
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: network.omit({ id: true }).extend({ name: displayName }),
  output: network,
  refusals: {
    ...notFound,
    'network.missing-in-vcenter': z.object({ name: z.string(), found: z.array(z.string()) }),
    'network.pool-invalid': z.object({ why: poolFault }),
    'network.pool-overlaps': z.object({ name: z.string() }),
  },
  writes: true,
  http: { method: 'post', path: '/api/v1/admin/networks', status: 201 },
});

export const catalogueOperations = [listTemplates, offerTemplate, listNetworks, offerNetwork];
