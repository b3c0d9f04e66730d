import { operation, personal, personRef, sealedText } from '@eaf/messaging/contract';
import { z } from 'zod';
import { approvalForecast } from '../approval/forecast.js';
import { vmCheck } from '../provisioning/holds.js';
import { quotaEffects } from '../tenant/reservations.js';
import { environment, named, notFound, nothing, page, pageOf, sizeSpec, vmName } from '../vocabulary.js';
import { requestedVm } from './events.js';
import { isPublicKey, publicKeyLine } from './ssh-key.js';

export const requestState = z.enum([
  'submitted',
  'approved',
  'provisioning',
  'cancelling',
  'ready',
  'created-not-customised',
  'failed',
  'rejected',
  'cancelled',
  'expired',
]);
export type RequestState = z.output<typeof requestState>;

const wish = z.object({
  projectId: z.uuid(),
  size: z.string().max(20),
  templateId: z.uuid(),
  networkId: z.uuid(),
  name: vmName,
  environment: environment.default('test'),
  leaseDays: z.int().min(1).max(3650).nullable().default(null),
});

/** What does not answer within its share of time is null: it is asked again at submit. */
export const previewRequest = operation({
  name: 'request.preview',
  summary: 'What a request would cost, use, need and wait for, and what would be refused',
  callers: ['gateway'],
  allow: ['user', 'tenant-admin'],
  input: wish,
  output: z.object({
    size: sizeSpec.nullable(),
    quotas: quotaEffects.nullable(),
    approval: approvalForecast.nullable(),
    vcenter: vmCheck.nullable(),
    wouldBeRefused: z.array(z.object({ code: z.string(), pointer: z.string(), detail: z.unknown() })),
  }),
  refusals: { 'project.not-found': nothing, 'project.not-a-member': z.object({ project: z.string() }) },
  http: { method: 'post', path: '/api/v1/requests/preview' },
});

export const submitRequest = operation({
  name: 'request.submit',
  summary: 'Asks for a VM',
  callers: ['gateway'],
  allow: ['user', 'tenant-admin'],
  input: wish.extend({
    justification: personal(2000).nullable().default(null),
    sshPublicKey: z
      .string()
      .max(2000)
      .regex(publicKeyLine, 'Enter one line as in an OpenSSH .pub file.')
      .refine(isPublicKey, 'Enter a whole public key, as in an OpenSSH .pub file.')
      .nullable()
      .default(null),
  }),
  output: z.object({ id: z.uuid(), state: requestState, vm: requestedVm }),
  refusals: {
    'project.not-found': nothing,
    'project.not-a-member': z.object({ project: z.string() }),
    'size.unknown': z.object({ size: z.string() }),
    'quota.exceeded': z.object({
      scope: z.enum(['tenant', 'project']),
      project: z.string().nullable(),
      dimension: z.string(),
      limit: z.int(),
      left: z.int(),
      asked: z.int(),
    }),
    'tenant.suspended': nothing,
    'name.taken': z.object({ name: z.string(), suggestion: z.string() }),
    'name.breaks-rule': z.object({ name: z.string(), prefix: z.string() }),
    'template.unknown': nothing,
    'network.unknown': nothing,
    'network.full': z.object({ network: z.string() }),
  },
  writes: true,
  http: { method: 'post', path: '/api/v1/requests', status: 201 },
});

/** As it stands in the form: nothing in it has been looked at yet. */
const unfinished = z.object({
  projectId: z.uuid(),
  size: z.string().max(20),
  templateId: z.uuid(),
  networkId: z.uuid(),
  name: z.string().max(200),
  environment,
  leaseDays: z.int().nullable(),
});

export const keepDraft = operation({
  name: 'request.keep-draft',
  summary: 'Keeps what I have entered so far, in place of what was kept before; for 30 days, or until it is submitted',
  callers: ['gateway'],
  allow: ['user', 'tenant-admin'],
  input: unfinished.extend({
    /** Whose words they are: a window may outlive its session, and who signs in next must not get them. */
    personId: z.uuid(),
    justification: personal(2000).nullable(),
    /** Sealed too: what follows a key is mostly its owner's name. */
    sshPublicKey: personal(2000).nullable(),
  }),
  output: z.object({ keptAt: z.iso.datetime() }),
  refusals: { ...notFound },
  writes: true,
  http: { method: 'put', path: '/api/v1/request-draft' },
});

export const getDraft = operation({
  name: 'request.get-draft',
  summary: 'What I have entered and not submitted yet',
  callers: ['gateway'],
  allow: ['anyone'],
  input: z.object({}),
  output: z.object({
    draft: unfinished
      .extend({
        justification: sealedText.nullable(),
        sshPublicKey: sealedText.nullable(),
        keptAt: z.iso.datetime(),
      })
      .nullable(),
  }),
  http: { method: 'get', path: '/api/v1/request-draft' },
});

export const discardDraft = operation({
  name: 'request.discard-draft',
  summary: 'Forgets what I have entered and not submitted',
  callers: ['gateway'],
  allow: ['anyone'],
  input: z.object({}),
  output: z.object({}),
  writes: true,
  http: { method: 'delete', path: '/api/v1/request-draft' },
});

const summary = z.object({
  id: z.uuid(),
  state: requestState,
  name: z.string(),
  requester: personRef,
  project: named,
  size: z.string(),
  monthlyCostCents: z.int(),
  currency: z.string(),
  submittedAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
});

export const listRequests = operation({
  name: 'request.list',
  summary: 'Requests I may see, newest first',
  callers: ['gateway'],
  allow: ['anyone'],
  input: page.extend({
    state: requestState.optional(),
    projectId: z.uuid().optional(),
    mine: z.stringbool().optional(),
    /** Part of the VM's name. */
    name: z.string().max(63).optional(),
  }),
  output: pageOf(summary),
  http: { method: 'get', path: '/api/v1/requests' },
});

/** One line of the timeline. `what` is the type of an event, of this context or another: `provisioning.step-done`. */
export const timelineEntry = z.object({
  at: z.iso.datetime(),
  what: z.string(),
  who: personRef,
  detail: z.record(z.string(), z.unknown()),
  why: sealedText.nullable(),
});

export const getRequest = operation({
  name: 'request.get',
  summary: 'One request with its whole timeline',
  callers: ['gateway'],
  allow: ['anyone'],
  input: z.object({ id: z.uuid() }),
  output: z.object({
    id: z.uuid(),
    state: requestState,
    requester: personRef,
    vm: requestedVm,
    justification: sealedText.nullable(),
    contentHash: z.string(),
    submittedAt: z.iso.datetime(),
    /** Why it rests, while it does: such as `vcenter-away`. */
    waiting: z.object({ reason: z.string(), since: z.iso.datetime() }).nullable(),
    result: z.object({ vmId: z.uuid(), hostName: z.string().nullable(), addresses: z.array(z.string()) }).nullable(),
    failure: z.object({ reason: z.string(), detail: z.string() }).nullable(),
    timeline: z.array(timelineEntry),
  }),
  refusals: { ...notFound },
  http: { method: 'get', path: '/api/v1/requests/{id}' },
});

export const cancelRequest = operation({
  name: 'request.cancel',
  summary: 'Withdraws a request at any time before it is ready',
  callers: ['gateway'],
  allow: ['user', 'tenant-admin'],
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid(), state: requestState }),
  refusals: { ...notFound, 'request.already-ended': z.object({ state: requestState }) },
  writes: true,
  http: { method: 'post', path: '/api/v1/requests/{id}/cancel' },
});

/** Asked a while after something was held for a request that has not been heard of. Afterwards its fate is certain. */
export const settleRequest = operation({
  name: 'request.settle',
  summary: 'Says whether a request was submitted; if not, it never will be under what was held before',
  callers: ['tenant', 'provisioning'],
  allow: ['services'],
  input: z.object({ id: z.uuid() }),
  output: z.object({ outcome: z.enum(['submitted', 'abandoned']) }),
  writes: true,
});

export const requestOperations = [
  previewRequest,
  submitRequest,
  keepDraft,
  getDraft,
  discardDraft,
  listRequests,
  getRequest,
  cancelRequest,
  settleRequest,
];
