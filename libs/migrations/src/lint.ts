import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtIn, fillIn, isOutsideTransaction, type MigrationSource, readMigrations } from './read-migrations.js';

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
        // squawk sees this only where another statement stands beside it.
        ...(/\bCONCURRENTLY\b/i.test(withoutComments(sql)) && !isOutsideTransaction(file)
          ? [`${path}: CONCURRENTLY needs '-- no transaction' in the first line`]
          : []),
        ...unprotectedTables(sql).map(
          (table) => `${path}: ${table} has no row-level security; call protect('${table}')`,
        ),
      ];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const createTable =
  /CREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:(?:"[^"]+"|\w+)\s*\.\s*)?("[^"]+"|\w+)/gi;

/** Tables that the same file does not protect after it made them. What stands in a comment protects nothing. */
function unprotectedTables(sql: string): string[] {
  const live = withoutComments(sql);
  return [...live.matchAll(createTable)].flatMap((made) => {
    const table = (made[1] as string).replaceAll('"', '');
    const after = live.slice(made.index);
    const says = (pattern: string) => new RegExp(pattern, 'i').test(after);
    const byFunction = says(`\\bprotect(_insert_only)?\\s*\\(\\s*'(\\w+\\.)?${table}'`);
    const byHand = ['ENABLE', 'FORCE'].every((word) =>
      says(`ALTER\\s+TABLE\\s+"?${table}"?\\s+${word}\\s+ROW\\s+LEVEL\\s+SECURITY`),
    );
    return byFunction || byHand ? [] : [table];
  });
}

function withoutComments(sql: string): string {
  return sql.replaceAll(/--.*$|\/\*[\s\S]*?\*\//gm, '');
}
