import { operation } from '@eaf/messaging/contract';
import { z } from 'zod';
import { named } from '../vocabulary.js';

/** What is there, in whole VMs. Memory in MiB, disk in GiB. */
const amounts = { machines: z.int(), vcpus: z.int(), memoryMiB: z.int(), diskGiB: z.int() };

export const reportMachines = operation({
  name: 'provisioning.report-machines',
  summary: 'What machines of each project have and cost now, and how many there were at the end of each day (UTC)',
  callers: ['gateway'],
  allow: ['auditor', 'tenant-admin'],
  input: z.object({ days: z.coerce.number().int().min(7).max(366).default(90) }),
  output: z.object({
    asOf: z.iso.datetime(),
    /** One entry a project and currency. Costs are the sizes' prices when asked for, a month. */
    projects: z.array(
      z.object({
        project: named,
        ...amounts,
        poweredOn: z.int(),
        monthlyCostCents: z.int(),
        currency: z.string().length(3),
      }),
    ),
    /** Oldest first; the last is today, so far. */
    days: z.array(z.object({ day: z.iso.date(), ...amounts })),
  }),
  http: { method: 'get', path: '/api/v1/reports/machines' },
});

/** For the banner that everybody sees: what administrators know of a vCenter stays with them. */
export const awayVCenters = operation({
  name: 'provisioning.away-vcenters',
  summary: 'vCenters that do not answer, and since when',
  callers: ['gateway'],
  allow: ['anyone'],
  input: z.object({}),
  output: z.object({ away: z.array(named.extend({ since: z.iso.datetime() })) }),
  http: { method: 'get', path: '/api/v1/vcenters/away' },
});

/** For a tenant's removal: how many, and nothing of what they are. */
export const countMachines = operation({
  name: 'provisioning.count-machines',
  summary: 'How many VMs the tenant has in vCenter, and how many are just being made or deleted',
  callers: ['tenant'],
  allow: ['services'],
  input: z.object({}),
  output: z.object({ machines: z.int(), underWay: z.int() }),
});

export const reportOperations = [reportMachines, awayVCenters, countMachines];
