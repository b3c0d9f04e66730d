import { seesAll } from '@dvmm/contracts';
import type { OperationContext } from '@eaf/messaging';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { RequestTables } from './tables.js';

/** Who may see a request (D8): its requester, its project, those who may or might have decided, administrators, auditors. */
export function visibleTo(context: OperationContext) {
  return (row: ExpressionBuilder<RequestTables, 'request'>): Expression<SqlBool> => {
    if (seesAll(context)) return row.lit(true);
    const projects = projectsOf(context);
    return row.or([
      row('request.requester_id', '=', context.actorId),
      ...(projects.length > 0 ? [row('request.project_id', 'in', projects)] : []),
      row.exists(
        row
          .selectFrom('request_approver')
          .select('person_id')
          .whereRef('request_approver.tenant_id', '=', 'request.tenant_id')
          .whereRef('request_approver.request_id', '=', 'request.id')
          .where('request_approver.person_id', '=', context.actorId),
      ),
    ]);
  };
}

function projectsOf({ scopes }: OperationContext): string[] {
  return scopes.filter((scope) => scope.startsWith('project:')).map((scope) => scope.slice('project:'.length));
}
