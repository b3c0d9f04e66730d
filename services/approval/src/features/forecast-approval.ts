import { forecastApproval } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { eligibleIn } from '../domain/electorate.js';
import { grantsByItself } from '../domain/policy.js';
import { Electorates } from '../electorates.js';
import { Policies } from '../policies.js';
import type { ApprovalTables } from '../read-models/tables.js';

@Controller()
export class ForecastApproval {
  constructor(
    private readonly database: Database<ApprovalTables>,
    private readonly policies: Policies,
    private readonly electorates: Electorates,
  ) {}

  @Handles(forecastApproval)
  async handle(
    input: Input<typeof forecastApproval>,
    { tenant }: OperationContext,
  ): Promise<Reply<typeof forecastApproval>> {
    const { requesterId, projectId, size, environment } = input;
    const [policy, waiting] = await Promise.all([this.policies.inForce(tenant, projectId), this.#waitingTimes(tenant)]);
    const { name, stages, automaticWhen } = policy.rules;
    const electorate = await this.electorates.of(tenant, stages, projectId);
    const eligible = stages.map(({ quorum }, index) =>
      eligibleIn(index + 1, quorum, electorate, new Set([requesterId])),
    );
    const automatic = grantsByItself(automaticWhen, size, environment);
    return {
      automatic,
      policy: { name, version: policy.version },
      stages: automatic
        ? []
        : stages.map((stage, index) => ({
            name: stage.name,
            quorum: stage.quorum,
            approvers: (eligible[index]?.approverIds ?? []).map((id) => ({ id })),
          })),
      nobodyMayDecide: !automatic && eligible.some(({ enough }) => !enough),
      medianSeconds: waiting?.median ?? null,
      ninetyPercentSeconds: waiting?.ninety ?? null,
    };
  }

  /** From opening to decision by people, over the last 90 days; of fewer than five it would foretell nothing. */
  async #waitingTimes(tenant: string): Promise<{ median: number | null; ninety: number | null } | undefined> {
    const [row] = await this.database.read<{ median: number | null; ninety: number | null }>(tenant, {
      sql: `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM decided_at - opened_at))::float8 AS median,
                   percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM decided_at - opened_at))::float8 AS ninety
            FROM approval_case
            WHERE tenant_id = $1 AND NOT automatic AND decided_at > now() - interval '90 days'
            HAVING count(*) >= 5`,
      parameters: [tenant],
    });
    return row;
  }
}
