import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtIn, fillIn, type MigrationSource, readMigrations } from './read-migrations.js';

const roles = {
  schema: 'linted',
  owner: 'linted_owner',
  app: 'linted_app',
  runner: 'linted_runner',
  reader: 'linted_reader',
};

// Timeouts are the runner's to set; texts are limited by the contracts; the rest of squawk's rules hold.
const excluded = [
  'require-timeout-settings',
  'prefer-bigint-over-int',
  'prefer-bigint-over-smallint',
  'prefer-robust-stmts',
  'prefer-identity',
  'ban-char-field',
];

/**
 * What must not ship: DROP, RENAME, blocking DDL (squawk), and a table without its row-level security.
 * @returns one line a fault; empty when all is well
 */
export function lintMigrations(sources: readonly MigrationSource[], squawk = 'squawk'): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'lint-migrations-'));
  try {
    return [builtIn, ...sources].flatMap(readMigrations).flatMap((file) => {
      const sql = fillIn(file.text, roles);
      const path = join(folder, `${file.source}-${String(file.number).padStart(4, '0')}-${file.name}.sql`);
      writeFileSync(path, sql);
      const run = spawnSync(squawk, [`--exclude=${excluded.join(',')}`, '--assume-in-transaction', path], {
        encoding: 'utf8',
      });
      if (run.error)
        throw new Error('squawk could not be run; it comes with the package squawk-cli.', { cause: run.error });
      return [
        ...(run.status === 0 ? [] : [run.stdout + run.stderr]),
        ...unprotectedTables(sql).map(
          (table) => `${path}: ${table} has no row-level security; call protect('${table}')`,
        ),
      ];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function unprotectedTables(sql: string): string[] {
  const tables = [...sql.matchAll(/CREATE TABLE(?: IF NOT EXISTS)? (\w+)/gi)].map((match) => match[1] as string);
  return tables.filter(
    (table) =>
      !new RegExp(`protect(_insert_only)?\\('${table}'\\)`).test(sql) &&
      !new RegExp(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`, 'i').test(sql),
  );
}
