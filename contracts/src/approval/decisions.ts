import { operation, personRef } from '@eaf/messaging/contract';
import { z } from 'zod';
import { requestedVm } from '../request/events.js';
import { named, notFound, page, pageOf } from '../vocabulary.js';
import { caseOutcome } from './cases.js';

/** Of the decision, not of the request: from included, to not. */
const span = { from: z.iso.datetime().optional(), to: z.iso.datetime().optional() };

export const listDecisions = operation({
  name: 'approval.list-decisions',
  summary: 'Decided cases with who decided and how long it took; newest or slowest first',
  callers: ['gateway'],
  allow: ['auditor', 'tenant-admin'],
  input: page.extend({
    ...span,
    outcome: z.enum(['granted', 'rejected']).optional(),
    order: z.enum(['newest', 'slowest']).default('newest'),
  }),
  output: pageOf(
    z.object({
      /** The request's id; a request has one case. */
      id: z.uuid(),
      vm: requestedVm,
      requester: personRef,
      outcome: z.enum(['granted', 'rejected']),
      /** Granted by the policy itself; nobody voted. */
      automatic: z.boolean(),
      openedAt: z.iso.datetime(),
      decidedAt: z.iso.datetime(),
      waitedMs: z.int().min(0),
      policy: z.object({ id: z.uuid(), name: z.string(), version: z.int() }),
      votes: z.array(z.object({ by: personRef, stage: z.int(), verdict: z.enum(['approved', 'rejected']) })),
    }),
  ),
  http: { method: 'get', path: '/api/v1/decisions' },
});

export const reviewDecisions = operation({
  name: 'approval.review-decisions',
  summary: 'How many decisions there were, how long they took, and whether anybody decided on their own request',
  callers: ['gateway'],
  allow: ['auditor', 'tenant-admin'],
  input: z.object(span),
  output: z.object({
    granted: z.int(),
    rejected: z.int(),
    automatic: z.int(),
    /** From opening to decision where people decided; null without one. */
    medianMs: z.int().nullable(),
    ninetyPercentMs: z.int().nullable(),
    /** Every single vote, and how many of them were given by the requester. The database refuses the latter. */
    votes: z.int(),
    ownVotes: z.int(),
  }),
  http: { method: 'get', path: '/api/v1/decisions/review' },
});

export const listOwnDecisions = operation({
  name: 'approval.list-own-decisions',
  summary: 'What I decided, newest first',
  callers: ['gateway'],
  allow: ['anyone'],
  input: page,
  output: pageOf(
    z.object({
      /** The request's id; a request has one case. */
      id: z.uuid(),
      vm: requestedVm,
      requester: personRef,
      stage: z.int(),
      verdict: z.enum(['approved', 'rejected']),
      decidedAt: z.iso.datetime(),
      /** Of the case: it may still be open after my approval, or others may have rejected it. */
      outcome: caseOutcome,
    }),
  ),
  http: { method: 'get', path: '/api/v1/approvals/decided' },
});

/** For whoever may know of the case. The case itself counts as soon as it is decided. */
export const reviewProject = operation({
  name: 'approval.review-project',
  summary: "What was decided so far in a case's project",
  callers: ['gateway'],
  allow: ['anyone'],
  input: z.object({ id: z.uuid() }),
  output: z.object({ project: named, granted: z.int(), automatic: z.int(), rejected: z.int(), open: z.int() }),
  refusals: { ...notFound },
  http: { method: 'get', path: '/api/v1/approvals/{id}/project' },
});

export const decisionOperations = [listDecisions, reviewDecisions, listOwnDecisions, reviewProject];
