import type { OperationContext } from '@eaf/messaging';
import type { Database } from '@eaf/tenancy';
import type { Selectable } from 'kysely';
import type { ProvisioningTables, VmTable } from '../tables.js';
import { mayActOn } from './vm-list.js';

/** The VM if this person may act on it. Absent, another tenant's and not hers look the same. */
export async function vmToActOn(
  database: Database<ProvisioningTables>,
  context: OperationContext,
  id: string,
): Promise<Selectable<VmTable> | undefined> {
  const [vm] = await database.read(
    context.tenant,
    database.sql.selectFrom('vm').selectAll().where('tenant_id', '=', context.tenant).where('id', '=', id),
  );
  return vm && mayActOn(vm, context) ? vm : undefined;
}
