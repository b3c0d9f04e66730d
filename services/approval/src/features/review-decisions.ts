import { reviewDecisions } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, OperationFault, type Reply } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import type { ApprovalTables } from '../read-models/tables.js';

interface Figures {
  readonly granted: number;
  readonly rejected: number;
  readonly automatic: number;
  readonly median: number | null;
  readonly ninety: number | null;
  readonly votes: number;
  readonly own_votes: number;
}

@Controller()
export class ReviewDecisions {
  constructor(private readonly database: Database<ApprovalTables>) {}

  /** The requester is compared as the case has it, not as the vote says: the check must not lean on what it checks. */
  @Handles(reviewDecisions)
  async handle(
    { from, to }: Input<typeof reviewDecisions>,
    { tenant }: OperationContext,
  ): Promise<Reply<typeof reviewDecisions>> {
    const [figures] = await this.database.read<Figures>(tenant, {
      sql: `WITH decided AS (
              SELECT id, requester_id, outcome, automatic, extract(epoch FROM decided_at - opened_at) * 1000 AS waited
              FROM approval_case
              WHERE tenant_id = $1 AND outcome IN ('granted', 'rejected')
                AND decided_at >= coalesce($2::timestamptz, '-infinity') AND decided_at < coalesce($3::timestamptz, 'infinity')
            )
            SELECT count(*) FILTER (WHERE outcome = 'granted')::integer AS granted,
                   count(*) FILTER (WHERE outcome = 'rejected')::integer AS rejected,
                   count(*) FILTER (WHERE automatic)::integer AS automatic,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY waited) FILTER (WHERE NOT automatic) AS median,
                   percentile_cont(0.9) WITHIN GROUP (ORDER BY waited) FILTER (WHERE NOT automatic) AS ninety,
                   (SELECT count(*)::integer FROM decision JOIN decided ON decision.request_id = decided.id
                    WHERE decision.tenant_id = $1) AS votes,
                   (SELECT count(*)::integer FROM decision JOIN decided ON decision.request_id = decided.id
                    WHERE decision.tenant_id = $1 AND decision.approver_id = decided.requester_id) AS own_votes
            FROM decided`,
      parameters: [tenant, from ?? null, to ?? null],
    });
    if (!figures) throw new OperationFault('internal', 'A count gave no row.');
    const { granted, rejected, automatic, median, ninety, votes, own_votes: ownVotes } = figures;
    const whole = (milliseconds: number | null) => (milliseconds === null ? null : Math.round(milliseconds));
    return {
      granted,
      rejected,
      automatic,
      medianMs: whole(median),
      ninetyPercentMs: whole(ninety),
      votes,
      ownVotes,
    };
  }
}
