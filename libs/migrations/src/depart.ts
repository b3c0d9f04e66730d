import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** Rows at a time: each batch is a short transaction that locks nobody else's rows. */
const batchSize = 2_000;
/** Below PostgreSQL's deadlock_timeout of 1 s: of two that wait for each other, we are the one that lets go. */
const lockPatience = '500ms';
const [retryMs, longestRetryMs] = [200, 5_000];

export interface Departed<Noted = unknown> {
  readonly noted: Noted;
  /** Deleted rows by table, over all tries so far. */
  readonly deleted: Readonly<Record<string, number>>;
}

/**
 * Every table of the schema with a `tenant_id`, those that refer to others before those. From the catalogue, so that a
 * table which a migration adds tomorrow is not forgotten.
 */
export async function tenantTables(owner: pg.ClientBase, schema: string): Promise<string[]> {
  const { rows } = await owner.query<{ name: string; refers_to: string[] }>(
    `SELECT c.relname AS name, ARRAY(
              SELECT other.relname FROM pg_constraint JOIN pg_class AS other ON other.oid = confrelid
              WHERE conrelid = c.oid AND contype = 'f' AND confrelid <> c.oid)::text[] AS refers_to
     FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
     WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
     ORDER BY c.relname`,
    [schema],
  );
  const left = new Map(rows.map(({ name, refers_to }) => [name, refers_to]));
  const ordered: string[] = [];
  while (left.size > 0) {
    const free = [...left.keys()].filter((name) => ![...left.values()].some((refersTo) => refersTo.includes(name)));
    if (free.length === 0) throw new Error(`Tables of ${schema} refer to each other in a circle: ${[...left.keys()]}`);
    for (const name of free) left.delete(name);
    ordered.push(...free);
  }
  return ordered;
}

/**
 * From its return on no app role of this schema can insert a row of the tenant, whatever is still on its way; for good.
 * Writers of the moment end first: what was begun before is stored, and seen by `note`.
 * @param owner the schema owner's login
 * @param note  asked once, in the same moment: what must be known when the rows are gone. Undefined: the tenant may not
 *              depart yet, and nothing is changed
 * @returns undefined when `note` said so
 */
export async function closeTenant<Noted>(
  owner: pg.ClientBase,
  schema: string,
  tenant: string,
  note: (owner: pg.ClientBase) => Promise<Noted | undefined>,
): Promise<Departed<Noted> | undefined> {
  // While a vacuum runs, each try makes all writers wait for as long as our patience lasts: so ever fewer tries.
  for (let pauseMs = retryMs; ; pauseMs = Math.min(2 * pauseMs, longestRetryMs)) {
    const before = await departed<Noted>(owner, schema, tenant);
    if (before) return before;
    // Events first: whoever writes takes that table first, too.
    const tables = (await tenantTables(owner, schema)).sort((a) => (a === 'event' ? -1 : 0));
    try {
      await owner.query(`BEGIN; SET LOCAL lock_timeout = '${lockPatience}'`);
      // An insert that waits for this lock looks for departed tenants only once it has it.
      for (const table of tables) await owner.query(`LOCK TABLE ${quoted(schema, table)} IN SHARE MODE`);
      const noted = await note(owner);
      if (noted === undefined) {
        await owner.query('ROLLBACK');
        return undefined;
      }
      const place = quoted(schema, 'departed_tenant');
      await owner.query(`INSERT INTO ${place} (id, noted) VALUES ($1, $2)`, [tenant, JSON.stringify(noted)]);
      await owner.query('COMMIT');
    } catch (error) {
      await owner.query('ROLLBACK').catch(() => {}); // The connection may be what failed; then the error below says so.
      const { code } = error as { code?: string };
      // Lock not available, deadlock, or another run of this job was faster.
      if (code !== '55P03' && code !== '40P01' && code !== '23505') throw error;
      await pause(pauseMs);
    }
  }
}

/**
 * Deletes every row of a closed tenant. May be killed at any line and called again: each batch and its count are one
 * transaction, so nothing is counted twice or forgotten.
 * @throws Error when the tenant was not closed in this schema
 */
export async function deleteTenantRows(
  owner: pg.ClientBase,
  schema: string,
  tenant: string,
  onBatch: (table: string, rows: number) => void = () => {},
): Promise<Departed['deleted']> {
  if (!(await departed(owner, schema, tenant))) throw new Error(`${tenant} has not been closed in ${schema}.`);
  for (const table of await tenantTables(owner, schema)) {
    const place = quoted(schema, table);
    for (let more = true; more; ) {
      const { rows } = await owner.query<{ gone: number }>(
        `WITH gone AS (
           DELETE FROM ${place} WHERE tenant_id = $1 AND ctid = ANY (ARRAY(SELECT ctid FROM ${place} WHERE tenant_id = $1 LIMIT ${batchSize}))
           RETURNING 1
         ), counted AS (
           SELECT count(*)::integer AS gone FROM gone
         ), noted AS (
           UPDATE ${quoted(schema, 'departed_tenant')}
           SET deleted = deleted || jsonb_build_object($2::text, coalesce((deleted->>$2)::bigint, 0) + gone)
           FROM counted WHERE id = $1 AND gone > 0
         )
         SELECT gone FROM counted`,
        [tenant, table],
      );
      const gone = rows[0]?.gone ?? 0;
      if (gone > 0) onBatch(table, gone);
      // A row that somebody updates at this moment is passed over: nothing is left only once nothing is found.
      const found = await owner.query(`SELECT FROM ${place} WHERE tenant_id = $1 LIMIT 1`, [tenant]);
      more = found.rows.length > 0;
    }
  }
  return (await departed(owner, schema, tenant))?.deleted ?? {};
}

async function departed<Noted>(
  owner: pg.ClientBase,
  schema: string,
  tenant: string,
): Promise<Departed<Noted> | undefined> {
  const { rows } = await owner.query<Departed<Noted>>(
    `SELECT noted, deleted FROM ${quoted(schema, 'departed_tenant')} WHERE id = $1`,
    [tenant],
  );
  return rows[0];
}

function quoted(schema: string, table: string): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;
}
