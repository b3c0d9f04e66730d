import { operation, personal, personRef, sealedText } from '@eaf/messaging/contract';
import { z } from 'zod';
import { requestedVm } from '../request/events.js';
import { notFound, nothing, page, pageOf } from '../vocabulary.js';

export const caseOutcome = z.enum(['open', 'granted', 'rejected', 'closed']);

const decision = {
  input: z.object({
    /** The request's id; a request has one case. */
    id: z.uuid(),
    /** What the approver saw. Another content is refused. */
    contentHash: z.string().max(100).optional(),
  }),
  output: z.object({ id: z.uuid(), outcome: caseOutcome, stage: z.int() }),
  refusals: {
    ...notFound,
    'approval.own-request': nothing,
    'approval.not-your-turn': z.object({ stage: z.string() }),
    'approval.already-decided': z.object({ outcome: caseOutcome, by: personRef.nullable() }),
    'approval.content-changed': nothing,
  },
};

/** Cases that name or named me; for administrators and auditors all. */
export const listApprovals = operation({
  name: 'approval.list',
  summary: 'The queue: cases that wait for me first, oldest first',
  callers: ['gateway'],
  allow: ['anyone'],
  input: page.extend({ outcome: caseOutcome.default('open') }),
  output: pageOf(
    z.object({
      id: z.uuid(),
      outcome: caseOutcome,
      requester: personRef,
      vm: requestedVm,
      justification: sealedText.nullable(),
      contentHash: z.string(),
      openedAt: z.iso.datetime(),
      stage: z.object({
        number: z.int(),
        of: z.int(),
        name: z.string(),
        approvedBy: z.array(personRef),
        quorum: z.int(),
      }),
      mayDecide: z.boolean(),
      policy: z.object({ id: z.uuid(), name: z.string(), version: z.int() }),
      nobodyMayDecide: z.boolean(),
    }),
  ),
  http: { method: 'get', path: '/api/v1/approvals' },
});

export const approve = operation({
  name: 'approval.approve',
  summary: 'Approves the stage that waits for me',
  callers: ['gateway'],
  allow: ['anyone'],
  ...decision,
  writes: true,
  http: { method: 'post', path: '/api/v1/approvals/{id}/approve' },
});

export const reject = operation({
  name: 'approval.reject',
  summary: 'Rejects, with a reason the requester will read',
  callers: ['gateway'],
  allow: ['anyone'],
  ...decision,
  input: decision.input.extend({ reason: personal(2000).min(3) }),
  writes: true,
  http: { method: 'post', path: '/api/v1/approvals/{id}/reject' },
});

export const caseOperations = [listApprovals, approve, reject];
