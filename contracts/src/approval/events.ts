import { event, sealedText } from '@eaf/messaging/contract';
import { z } from 'zod';
import { requestedVm } from '../request/events.js';
import { policyRules, policyStage } from './policies.js';

const ofCase = z.object({ requestId: z.uuid() });
const stage = z.object({ number: z.int().min(1), name: z.string() });

export const policyDefined = event({
  type: 'approval.policy-defined',
  summary: 'A policy, or a new version of it, is in force.',
  heardBy: [],
  data: policyRules.extend({ policyId: z.uuid(), policyVersion: z.int() }),
});
export const caseOpened = event({
  type: 'approval.case-opened',
  summary: 'A request needs a decision, under this version of the policy.',
  heardBy: ['request'],
  data: ofCase.extend({
    requesterId: z.uuid(),
    vm: requestedVm,
    justification: sealedText.nullable(),
    contentHash: z.string(),
    policy: z.object({ id: z.uuid(), name: z.string(), version: z.int() }),
    stages: z.array(policyStage),
  }),
});
export const stageOpened = event({
  type: 'approval.stage-opened',
  summary:
    'These people may decide now. When the stage itself named nobody but the requester, they are the tenant administrators.',
  heardBy: ['notification', 'request'],
  data: ofCase.extend({
    stage,
    approverIds: z.array(z.uuid()),
    quorum: z.int(),
    escalatedToAdministrators: z.boolean(),
  }),
});
export const approversChanged = event({
  type: 'approval.approvers-changed',
  summary: 'A role changed, and with it who may decide the open stage.',
  heardBy: ['notification', 'request'],
  data: ofCase.extend({ stage, approverIds: z.array(z.uuid()), escalatedToAdministrators: z.boolean() }),
});
export const nobodyMayDecide = event({
  type: 'approval.nobody-may-decide',
  summary: 'The case waits: nobody but the requester could decide.',
  heardBy: ['notification', 'request'],
  data: ofCase.extend({ stage }),
});
export const stageApproved = event({
  type: 'approval.stage-approved',
  summary: 'One entitled person approved in a stage.',
  heardBy: ['request'],
  data: ofCase.extend({ stage, by: z.uuid(), stageComplete: z.boolean() }),
});
export const caseGranted = event({
  type: 'approval.granted',
  summary: 'The last stage, or the automatic rule, grants. Only request turns this into work.',
  heardBy: ['request'],
  data: ofCase.extend({ contentHash: z.string(), automatic: z.boolean(), approverIds: z.array(z.uuid()) }),
});
export const caseRejected = event({
  type: 'approval.rejected',
  summary: 'An entitled person rejected.',
  heardBy: ['request'],
  data: ofCase.extend({ by: z.uuid(), reason: sealedText }),
});
export const caseClosed = event({
  type: 'approval.closed',
  summary: 'The request ended before a decision.',
  heardBy: [],
  data: ofCase.extend({ because: z.string() }),
});
export const caseExpired = event({
  type: 'approval.expired',
  summary: 'The deadline passed without a decision.',
  heardBy: ['request'],
  data: ofCase,
});
export const ownRequestRefused = event({
  type: 'approval.own-request-refused',
  summary: 'Somebody tried to decide on their own request.',
  heardBy: [],
  data: ofCase.extend({ by: z.uuid() }),
});

export const approvalEvents = [
  policyDefined,
  caseOpened,
  stageOpened,
  approversChanged,
  nobodyMayDecide,
  stageApproved,
  caseGranted,
  caseRejected,
  caseClosed,
  caseExpired,
  ownRequestRefused,
];
