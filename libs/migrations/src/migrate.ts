import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import {
  builtIn,
  fillIn,
  isOutsideTransaction,
  type MigrationFile,
  type MigrationSource,
  type RoleNames,
  readMigrations,
} from './read-migrations.js';

export type { MigrationSource };

export interface Migration {
  /** The owner's login, straight to PostgreSQL and not through a transaction pooler. */
  readonly connection: pg.ClientConfig;
  readonly roles: RoleNames;
  /** Applied in this order, each by number. */
  readonly sources: readonly MigrationSource[];
  readonly onProgress?: (line: string) => void;
}

/** The database is older than the code. The service must not start. */
export class SchemaBehind extends Error {
  override readonly name = 'SchemaBehind';
}

/**
 * Brings a schema to what the code ships. Replicas that start at once take turns.
 * @returns the names of what was applied now
 * @throws Error when a shipped file was edited after it had been applied; nothing is changed then
 */
export async function migrate({ connection, roles, sources, onProgress }: Migration): Promise<string[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await takeTurn(client, roles.schema);
    await makeVersionTable(client, roles);
    const applied: string[] = [];
    for (const file of [builtIn, ...sources].flatMap(readMigrations)) {
      if (await isApplied(client, file)) continue;
      await apply(client, file, roles);
      applied.push(`${file.source}/${file.number} ${file.name}`);
      onProgress?.(`${roles.schema}: ${file.source} ${file.number} ${file.name}`);
    }
    return applied;
  } finally {
    await client.end();
  }
}

/** Refuses a database older than the code; a newer one is fine, since migrations only add. */
export async function requireSchemaVersion(client: pg.ClientBase, sources: readonly MigrationSource[]): Promise<void> {
  for (const file of [builtIn, ...sources].flatMap(readMigrations)) {
    if (!(await isApplied(client, file))) {
      throw new SchemaBehind(`The schema lacks ${file.source}/${file.number} ${file.name}: run the migrations first.`);
    }
  }
}

const versionTable = `
  CREATE TABLE schema_version (
    source text NOT NULL,
    number integer NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (source, number)
  );
  ALTER TABLE schema_version ENABLE ROW LEVEL SECURITY;
  ALTER TABLE schema_version FORCE ROW LEVEL SECURITY;
  CREATE POLICY owner_all ON schema_version TO {{owner}} USING (true) WITH CHECK (true);
  CREATE POLICY app_reads ON schema_version FOR SELECT TO {{app}} USING (true);
  GRANT SELECT ON schema_version TO {{app}};
`;

/** All of it or nothing, once: done again at each start it would lock the table that running services read. */
async function makeVersionTable(client: pg.ClientBase, roles: RoleNames): Promise<void> {
  const { rows } = await client.query('SELECT to_regclass($1) IS NOT NULL AS made', [`${roles.schema}.schema_version`]);
  if (!rows[0].made) await client.query(`BEGIN; ${fillIn(versionTable, roles)} COMMIT`);
}

/** Polled: a pod that waits inside pg_advisory_lock deadlocks with one that builds an index CONCURRENTLY. */
async function takeTurn(client: pg.ClientBase, schema: string): Promise<void> {
  for (;;) {
    const { rows } = await client.query(
      "SELECT pg_try_advisory_lock(hashtextextended('migrations of ' || $1, 0)) AS got",
      [schema],
    );
    if (rows[0].got) return;
    await pause(250);
  }
}

async function isApplied(client: pg.ClientBase, file: MigrationFile): Promise<boolean> {
  const { rows } = await client.query('SELECT sha256 FROM schema_version WHERE source = $1 AND number = $2', [
    file.source,
    file.number,
  ]);
  if (rows.length === 0) return false;
  if (rows[0].sha256 !== file.sha256) {
    throw new Error(
      `${file.source}/${file.number} ${file.name} was changed after it had been applied; write a new migration instead.`,
    );
  }
  return true;
}

async function apply(client: pg.ClientBase, file: MigrationFile, roles: RoleNames): Promise<void> {
  const note = {
    text: 'INSERT INTO schema_version (source, number, name, sha256) VALUES ($1, $2, $3, $4)',
    values: [file.source, file.number, file.name, file.sha256],
  };
  const sql = fillIn(file.text, roles);
  try {
    if (isOutsideTransaction(file)) {
      await client.query(sql);
      await client.query(note);
      return;
    }
    await client.query("BEGIN; SET LOCAL lock_timeout = '1s'; SET LOCAL statement_timeout = '5s'");
    await client.query(sql);
    await client.query(note);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw new Error(
      `${roles.schema}: ${file.source}/${file.number} ${file.name} could not be applied: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}
