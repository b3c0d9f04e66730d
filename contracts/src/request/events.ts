import { event, sealedText } from '@eaf/messaging/contract';
import { z } from 'zod';
import { loginText } from '../provisioning/catalogue.js';
import { environment, named, sizeSpec, vmName } from '../vocabulary.js';

/** All that was asked for, with names and prices as they were. The content hash is made of exactly this. */
export const requestedVm = z.object({
  project: named,
  size: sizeSpec,
  template: named,
  network: named,
  name: vmName,
  environment,
  leaseDays: z.int().nullable(),
  sshPublicKey: z.string().nullable(),
});
export type RequestedVm = z.output<typeof requestedVm>;

const request = z.object({ requestId: z.uuid(), requesterId: z.uuid() });

export const requestSubmitted = event({
  type: 'request.submitted',
  summary: 'A person asks for a VM; quota and name are held for it.',
  heardBy: ['approval', 'notification', 'provisioning'],
  data: request.extend({ vm: requestedVm, justification: sealedText.nullable(), contentHash: z.string() }),
});
export const requestApproved = event({
  type: 'request.approved',
  summary: 'The request is granted; provisioning has all it needs.',
  heardBy: ['notification', 'provisioning'],
  data: request.extend({
    vm: requestedVm,
    contentHash: z.string(),
    automatic: z.boolean(),
    approverIds: z.array(z.string()),
  }),
});
export const requestRejected = event({
  type: 'request.rejected',
  summary: 'An approver said no.',
  heardBy: ['notification', 'provisioning', 'tenant'],
  data: request.extend({ approverId: z.string(), reason: sealedText, vmName: z.string() }),
});
export const requestCancelRequested = event({
  type: 'request.cancel-requested',
  summary: 'The request is withdrawn while provisioning works on it; what was begun is being removed.',
  heardBy: ['provisioning'],
  data: request,
});
export const requestCancelled = event({
  type: 'request.cancelled',
  summary: 'The request is withdrawn and nothing of it is left.',
  heardBy: ['approval', 'provisioning', 'tenant'],
  data: request,
});
export const requestExpired = event({
  type: 'request.expired',
  summary: 'Nobody decided by the deadline.',
  heardBy: ['provisioning', 'tenant'],
  data: request,
});
export const requestAbandoned = event({
  type: 'request.abandoned',
  summary: 'A submit did not come to its end; what it had reserved is free again.',
  heardBy: ['tenant'],
  data: z.object({ requestId: z.uuid() }),
});
export const requestProvisioningStarted = event({
  type: 'request.provisioning-started',
  summary: 'Provisioning has begun.',
  heardBy: [],
  data: request,
});
export const requestReady = event({
  type: 'request.ready',
  summary: 'The VM runs and has reported its name and address.',
  heardBy: ['notification'],
  data: request.extend({
    vmId: z.uuid(),
    vmName: z.string(),
    hostName: z.string(),
    addresses: z.array(z.string()),
    loginText: loginText.nullable(),
  }),
});
export const requestCreatedNotCustomised = event({
  type: 'request.created-not-customised',
  summary: 'The VM runs but does not report what was promised.',
  heardBy: ['notification'],
  data: request.extend({ vmId: z.uuid(), vmName: z.string(), reason: z.string() }),
});
export const requestFailed = event({
  type: 'request.failed',
  summary: 'The VM could not be made.',
  heardBy: ['notification'],
  data: request.extend({ vmName: z.string(), reason: z.string(), detail: z.string(), nothingLeft: z.boolean() }),
});

export const requestEvents = [
  requestSubmitted,
  requestApproved,
  requestRejected,
  requestCancelRequested,
  requestCancelled,
  requestExpired,
  requestAbandoned,
  requestProvisioningStarted,
  requestReady,
  requestCreatedNotCustomised,
  requestFailed,
];
