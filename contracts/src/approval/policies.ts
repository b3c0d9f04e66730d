import { operation } from '@eaf/messaging/contract';
import { z } from 'zod';
import { displayName, environment, notFound, nothing, page, pageOf, role } from '../vocabulary.js';

/** All that are given must hold. */
export const policyCondition = z.object({
  sizes: z.array(z.string()).min(1).optional(),
  maxMonthlyCostCents: z.int().min(0).optional(),
  environments: z.array(environment).min(1).optional(),
});
export type PolicyCondition = z.output<typeof policyCondition>;

/** Whoever fits any of `approvers` may decide; `quorum` of them must. */
export const policyStage = z.object({
  name: displayName,
  approvers: z
    .array(
      z.union([
        z.object({ role: role.extract(['approver', 'tenant-admin']), of: z.literal('tenant') }),
        z.object({ role: z.literal('lead'), of: z.literal('project') }),
        z.object({ personId: z.uuid() }),
      ]),
    )
    .min(1)
    .max(20),
  quorum: z.int().min(1).max(20).default(1),
});
export type PolicyStage = z.output<typeof policyStage>;

export const policyRules = z.object({
  name: displayName,
  /** Null: the tenant's own policy, for projects without one. */
  projectId: z.uuid().nullable(),
  /** Grants by itself when this holds; null: never. */
  automaticWhen: policyCondition.nullable(),
  /** In order. */
  stages: z.array(policyStage).min(1).max(10),
  /** Requests that nobody decided expire after so many days. */
  expiresAfterDays: z.int().min(1).max(365).default(30),
});
export type PolicyRules = z.output<typeof policyRules>;

const policy = policyRules.extend({ id: z.uuid(), version: z.int() });

export const definePolicy = operation({
  name: 'approval.define-policy',
  summary: 'Brings a policy, or a new version of it, into force; cases opened before end under theirs',
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: policyRules,
  output: policy,
  refusals: {
    'policy.condition-empty': nothing,
    'policy.approver-unknown': z.object({ stage: z.string() }),
    'policy.quorum-unreachable': z.object({ stage: z.string(), quorum: z.int(), people: z.int() }),
  },
  writes: true,
  http: { method: 'put', path: '/api/v1/admin/policies' },
});

export const listPolicies = operation({
  name: 'approval.list-policies',
  summary: 'Policies in force',
  callers: ['gateway'],
  allow: ['tenant-admin', 'auditor', 'approver'],
  input: page,
  output: pageOf(policy),
  http: { method: 'get', path: '/api/v1/admin/policies' },
});

export const getPolicyVersion = operation({
  name: 'approval.get-policy-version',
  summary: 'A policy as it was in one version',
  callers: ['gateway'],
  allow: ['tenant-admin', 'auditor', 'approver'],
  input: z.object({ id: z.uuid(), version: z.coerce.number().int().positive() }),
  output: policy,
  refusals: { ...notFound },
  http: { method: 'get', path: '/api/v1/admin/policies/{id}/versions/{version}' },
});

export const policyOperations = [definePolicy, listPolicies, getPolicyVersion];
