import type { Kysely } from 'kysely';
import type { RequestTables } from './tables.js';

export function forgetDraft(sql: Kysely<RequestTables>, tenant: string, personId: string) {
  return sql.deleteFrom('request_draft').where('tenant_id', '=', tenant).where('person_id', '=', personId);
}
