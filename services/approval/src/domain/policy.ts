import type { PolicyCondition, PolicyRules, policyDefined, SizeSpec } from '@dvmm/contracts';
import { type FactOf, type Refusal, refuse } from '@eaf/messaging/contract';

export type PolicyFact = FactOf<typeof policyDefined>;
export interface PolicyState {
  /** 0: none was ever defined. */
  readonly version: number;
}

export type PolicyRefusal =
  | Refusal<'policy.condition-empty', Record<string, never>>
  | Refusal<'policy.quorum-unreachable', { stage: string; quorum: number; people: number }>;

/** @param people how many fit each stage today */
export function define(
  policyId: string,
  rules: PolicyRules,
  people: readonly number[],
  state: PolicyState,
): PolicyFact[] | PolicyRefusal {
  // A condition without a criterion would grant everything by itself: surely not what was meant.
  if (rules.automaticWhen && Object.values(rules.automaticWhen).every((criterion) => criterion === undefined)) {
    return refuse('policy.condition-empty');
  }
  for (const [index, stage] of rules.stages.entries()) {
    const fitting = people[index] ?? 0;
    if (stage.quorum > 1 && stage.quorum > fitting) {
      return refuse('policy.quorum-unreachable', { stage: stage.name, quorum: stage.quorum, people: fitting });
    }
  }
  return [{ type: 'approval.policy-defined', data: { ...rules, policyId, policyVersion: state.version + 1 } }];
}

/** All criteria that are given must hold. */
export function grantsByItself(condition: PolicyCondition | null, size: SizeSpec, environment: string): boolean {
  if (!condition) return false;
  const { sizes, maxMonthlyCostCents, environments } = condition;
  return (
    (sizes === undefined || sizes.includes(size.key)) &&
    (maxMonthlyCostCents === undefined || size.monthlyCostCents <= maxMonthlyCostCents) &&
    (environments === undefined || environments.some((one) => one === environment))
  );
}

/** In force where a tenant has defined none: one person, an approver of the tenant or a lead of the project. */
export const standardRules: PolicyRules = {
  name: 'Standard',
  projectId: null,
  automaticWhen: null,
  stages: [
    {
      name: 'Genehmigung',
      approvers: [
        { role: 'approver', of: 'tenant' },
        { role: 'lead', of: 'project' },
      ],
      quorum: 1,
    },
  ],
  expiresAfterDays: 30,
};
