import { seesAll } from '@dvmm/contracts';
import type { OperationContext } from '@eaf/messaging';
import { Database } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import type { ApprovalTables } from './read-models/tables.js';

/** Who may know of a case: whom it names or has named, administrators and auditors. For others it does not exist. */
@Injectable()
export class CaseReaders {
  constructor(private readonly database: Database<ApprovalTables>) {}

  async mayKnow(id: string, context: OperationContext): Promise<boolean> {
    if (seesAll(context)) return true;
    const { tenant, actorId } = context;
    const rows = await this.database.read(
      tenant,
      this.database.sql
        .selectFrom('case_approver')
        .select('person_id')
        .where('tenant_id', '=', tenant)
        .where('request_id', '=', id)
        .where('person_id', '=', actorId),
    );
    return rows.length > 0;
  }
}
