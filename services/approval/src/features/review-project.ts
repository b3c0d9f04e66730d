import { reviewProject } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { CaseReaders } from '../case-readers.js';
import type { ApprovalTables } from '../read-models/tables.js';

interface Figures {
  readonly id: string;
  readonly name: string;
  readonly granted: number;
  readonly automatic: number;
  readonly rejected: number;
  readonly open: number;
}

@Controller()
export class ReviewProject {
  constructor(
    private readonly database: Database<ApprovalTables>,
    private readonly readers: CaseReaders,
  ) {}

  @Handles(reviewProject)
  async handle({ id }: Input<typeof reviewProject>, context: OperationContext): Promise<Reply<typeof reviewProject>> {
    if (!(await this.readers.mayKnow(id, context))) return refuse('not-found');
    const [figures] = await this.database.read<Figures>(context.tenant, {
      sql: `SELECT asked.vm->'project'->>'id' AS id, asked.vm->'project'->>'name' AS name,
                   count(*) FILTER (WHERE every.outcome = 'granted')::integer AS granted,
                   count(*) FILTER (WHERE every.automatic)::integer AS automatic,
                   count(*) FILTER (WHERE every.outcome = 'rejected')::integer AS rejected,
                   count(*) FILTER (WHERE every.outcome = 'open')::integer AS open
            FROM approval_case AS asked
            JOIN approval_case AS every
              ON every.tenant_id = asked.tenant_id AND every.vm->'project'->>'id' = asked.vm->'project'->>'id'
            WHERE asked.tenant_id = $1 AND asked.id = $2
            GROUP BY 1, 2`,
      parameters: [context.tenant, id],
    });
    if (!figures) return refuse('not-found');
    const { id: projectId, name, ...counts } = figures;
    return { project: { id: projectId, name }, ...counts };
  }
}
