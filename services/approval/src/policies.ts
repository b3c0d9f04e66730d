import type { PolicyRules } from '@dvmm/contracts';
import { EventStore, Streams } from '@eaf/event-store';
import { Injectable } from '@nestjs/common';
import { v5 as uuidv5 } from 'uuid';
import { type PolicyFact, type PolicyState, standardRules } from './domain/policy.js';
import { type ApprovalTables, wholeTenant } from './read-models/tables.js';

export interface PolicyInForce {
  readonly id: string;
  readonly version: number;
  readonly rules: PolicyRules;
}

/** Policies, each version kept: a case ends under the one it was opened under. */
@Injectable()
export class Policies extends Streams<PolicyState, PolicyFact, ApprovalTables> {
  constructor(store: EventStore<ApprovalTables>) {
    super(store, {
      category: 'approval-policy',
      initial: { version: 0 },
      evolve: (_, { data }) => ({ version: data.policyVersion }),
      project: ({ tenant, data }, sql) => {
        const { policyId, policyVersion, ...rules } = data;
        return [
          sql.insertInto('policy_version').values({
            tenant_id: tenant,
            project_id: rules.projectId ?? wholeTenant,
            version: policyVersion,
            id: policyId,
            rules: JSON.stringify(rules),
          }),
        ];
      },
    });
  }

  /** The project's policy, else the tenant's, else the standard one. */
  async inForce(tenant: string, projectId: string): Promise<PolicyInForce> {
    const { database } = this.store;
    const rows = await database.read(
      tenant,
      database.sql
        .selectFrom('policy_version')
        .select(['id', 'version', 'rules', 'project_id'])
        .where('tenant_id', '=', tenant)
        .where('project_id', 'in', [projectId, wholeTenant])
        .orderBy('version', 'desc'),
    );
    const own = rows.find((row) => row.project_id === projectId) ?? rows[0];
    return own ?? { id: policyIdOf(tenant, null), version: 0, rules: standardRules };
  }
}

/** One policy a project, and one for the tenant; its id follows from that. */
export function policyIdOf(tenant: string, projectId: string | null): string {
  return uuidv5(`policy/${projectId ?? wholeTenant}`, tenant);
}
