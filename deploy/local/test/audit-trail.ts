import type pg from 'pg';
import { type Finding, verifyTrail } from '../src/audit/verify-trail.js';

/** What the verifier finds after a change by somebody who may do everything; the change is taken back. */
export async function findingsAfter(client: pg.Client, tampering: string): Promise<Finding[]> {
  await client.query('BEGIN');
  try {
    if (tampering) await client.query(tampering);
    const findings: Finding[] = [];
    for await (const finding of verifyTrail(client)) findings.push(finding);
    return findings;
  } finally {
    await client.query('ROLLBACK');
  }
}

const someEntry =
  'tenant_id = (SELECT tenant_id FROM tenant.audit_entry ORDER BY tenant_id DESC LIMIT 1) AND number = 3';

/** Ways to lie with the rights of a superuser, and what each must be called. */
export const tamperings: { how: string; sql: string; what: Finding['what'] }[] = [
  {
    how: 'an entry is rewritten',
    sql: `UPDATE tenant.audit_entry SET envelope = 'x' WHERE ${someEntry}`,
    what: 'changed',
  },
  {
    how: 'an entry is rewritten and its hash made to fit',
    sql: `UPDATE tenant.audit_entry SET envelope = convert_to(replace(convert_from(envelope, 'UTF8'), '"actorid":"', '"actorid":"x'), 'UTF8'),
            hash = sha256(previous || convert_to(number::text, 'UTF8') || sha256(convert_to(replace(convert_from(envelope, 'UTF8'), '"actorid":"', '"actorid":"x'), 'UTF8')))
          WHERE ${someEntry}`,
    what: 'changed',
  },
  {
    how: 'a column names somebody else',
    sql: `UPDATE tenant.audit_entry SET actor_id = 'x' WHERE ${someEntry}`,
    what: 'changed',
  },
  {
    how: 'a column names another kind, by a part of the true one',
    sql: `UPDATE tenant.audit_entry SET type = split_part(type, '.', 1) WHERE ${someEntry}`,
    what: 'changed',
  },
  { how: 'an entry is gone', sql: `DELETE FROM tenant.audit_entry WHERE ${someEntry}`, what: 'missing' },
  {
    how: 'the end of a trail is gone',
    sql: `DELETE FROM tenant.audit_entry WHERE tenant_id = (SELECT tenant_id FROM tenant.audit_entry ORDER BY tenant_id DESC LIMIT 1) AND number > 3;
          UPDATE tenant.event SET recorded_at = recorded_at - interval '1 hour'`,
    what: 'missing',
  },
  {
    how: 'an entry stands there that no context wrote',
    sql: `SELECT set_config('eaf.tenant', (SELECT tenant_id::text FROM tenant.audit_entry ORDER BY tenant_id DESC LIMIT 1), true);
          SET LOCAL search_path = tenant;
          SELECT append_audit(gen_random_uuid(), type, stream, actor_id, correlation_id, time, recorded_at, envelope)
          FROM audit_entry WHERE ${someEntry}`,
    what: 'added',
  },
  {
    how: 'an owner tells another story',
    sql: `UPDATE tenant.event SET data = '{}' WHERE version = 1`,
    what: 'changed',
  },
];
