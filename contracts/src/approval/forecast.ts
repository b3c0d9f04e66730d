import { operation, personRef } from '@eaf/messaging/contract';
import { z } from 'zod';
import { environment, sizeSpec } from '../vocabulary.js';

/** Who will have to approve, in order, and how long that took others in the last 90 days (null: fewer than five have waited). */
export const approvalForecast = z.object({
  automatic: z.boolean(),
  policy: z.object({ name: z.string(), version: z.int() }),
  stages: z.array(z.object({ name: z.string(), quorum: z.int(), approvers: z.array(personRef) })),
  nobodyMayDecide: z.boolean(),
  medianSeconds: z.number().nullable(),
  ninetyPercentSeconds: z.number().nullable(),
});

export const forecastApproval = operation({
  name: 'approval.forecast',
  summary: 'Who would decide on such a request, and how long it usually takes',
  callers: ['request'],
  allow: ['user', 'tenant-admin'],
  input: z.object({ requesterId: z.uuid(), projectId: z.uuid(), size: sizeSpec, environment }),
  output: approvalForecast,
});
