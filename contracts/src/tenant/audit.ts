import { operation, personRef } from '@eaf/messaging/contract';
import { z } from 'zod';
import { page, pageOf } from '../vocabulary.js';

/** One entry of the trail. `hash` and `previous` are SHA-256, hex. */
export const auditEntry = z.object({
  number: z.int(),
  time: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
  eventId: z.uuid(),
  type: z.string(),
  stream: z.string(),
  actor: personRef,
  correlationId: z.string(),
  data: z.unknown(),
  hash: z.string(),
  previous: z.string(),
});

export const listAudit = operation({
  name: 'tenant.list-audit',
  summary: 'The audit trail, newest first',
  callers: ['gateway'],
  allow: ['auditor', 'tenant-admin'],
  input: page.extend({
    from: z.iso.datetime().optional(),
    to: z.iso.datetime().optional(),
    actor: z.string().max(100).optional(),
    /** Beginning of the event type, such as `request.` */
    type: z.string().max(100).optional(),
    /** Entries with a smaller number; with type and stream, what stood there before a change. */
    before: z.coerce.number().int().min(1).optional(),
    /** Without sign-ins and sign-outs, of which there are most. */
    changesOnly: z.enum(['true']).optional(),
    /** A stream such as `vm-request:<id>`. */
    stream: z.string().max(200).optional(),
  }),
  output: pageOf(auditEntry),
  http: { method: 'get', path: '/api/v1/audit' },
});

export const auditOperations = [listAudit];
