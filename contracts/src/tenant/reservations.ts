import { operation } from '@eaf/messaging/contract';
import { z } from 'zod';
import { named, nothing, quotaAmounts, sizeSpec } from '../vocabulary.js';

/** One limit before and after a request. `limit` null is no limit. */
const quotaEffect = z.object({
  scope: z.enum(['tenant', 'project']),
  dimension: quotaAmounts.keyof(),
  limit: z.int().nullable(),
  before: z.int(),
  after: z.int(),
  fits: z.boolean(),
});
export const quotaEffects = z.array(quotaEffect);

const askedFor = z.object({ projectId: z.uuid(), size: z.string() });
const refusals = {
  'project.not-found': nothing,
  'project.not-a-member': z.object({ project: z.string() }),
  'size.unknown': z.object({ size: z.string() }),
};

export const previewQuota = operation({
  name: 'tenant.preview-quota',
  summary: 'Price and effect on every quota, without reserving',
  callers: ['request'],
  allow: ['user', 'tenant-admin'],
  input: askedFor,
  output: z.object({ project: named, size: sizeSpec, quotas: quotaEffects }),
  refusals,
});

export const reserveQuota = operation({
  name: 'tenant.reserve-quota',
  summary: 'Sets quota aside for a request; asked again with the same id it answers the same',
  callers: ['request'],
  allow: ['user', 'tenant-admin'],
  /** `attempt`: version of the request's stream when it was loaded; a submit that was settled as abandoned counts on. */
  input: askedFor.extend({ requestId: z.uuid(), attempt: z.int().min(0) }),
  output: z.object({ project: named, size: sizeSpec }),
  refusals: {
    ...refusals,
    'quota.exceeded': z.object({
      scope: z.enum(['tenant', 'project']),
      project: z.string().nullable(),
      dimension: quotaAmounts.keyof(),
      limit: z.int(),
      left: z.int(),
      asked: z.int(),
    }),
    'tenant.suspended': nothing,
  },
  writes: true,
});

export const reservationsOperations = [previewQuota, reserveQuota];
