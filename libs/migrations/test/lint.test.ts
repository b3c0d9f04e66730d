import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { lintMigrations } from '../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'eaf-lint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const squawk = fileURLToPath(new URL('../../../node_modules/.bin/squawk', import.meta.url));

function lint(sql: string): string {
  writeFileSync(join(folder, '0001-canary.sql'), sql);
  return lintMigrations([{ name: 'canary', directory: folder }], squawk).join('\n');
}

describe('the migration lint', () => {
  it('refuses to drop a column', () => {
    expect(lint('ALTER TABLE thing DROP COLUMN name;')).toContain('ban-drop-column');
  });

  it('refuses to rename a column', () => {
    expect(lint('ALTER TABLE thing RENAME COLUMN name TO title;')).toContain('renaming-column');
  });

  it('refuses a table without row-level security', () => {
    expect(lint('CREATE TABLE thing (tenant_id uuid NOT NULL, PRIMARY KEY (tenant_id));')).toContain(
      'no row-level security',
    );
  });

  it.each([
    ['quoted', 'CREATE TABLE "thing" (tenant_id uuid NOT NULL, PRIMARY KEY (tenant_id));'],
    ['of a named schema', 'CREATE TABLE {{schema}}.thing (tenant_id uuid NOT NULL, PRIMARY KEY (tenant_id));'],
    [
      'protected in a comment',
      "CREATE TABLE thing (tenant_id uuid NOT NULL, PRIMARY KEY (tenant_id));\n-- SELECT protect('thing');",
    ],
    [
      'protected before it was made',
      "SELECT protect('thing');\nCREATE TABLE thing (tenant_id uuid NOT NULL, PRIMARY KEY (tenant_id));",
    ],
    [
      'enabled and not forced',
      'CREATE TABLE thing (tenant_id uuid NOT NULL, PRIMARY KEY (tenant_id));\nALTER TABLE thing ENABLE ROW LEVEL SECURITY;',
    ],
  ])('refuses a table %s', (_, sql) => {
    expect(lint(sql)).toContain('no row-level security');
  });

  it('lets an index be built concurrently outside a transaction only', () => {
    const index = 'CREATE INDEX CONCURRENTLY IF NOT EXISTS thing_name ON thing (name);';
    expect(lint(`-- no transaction\n${index}`)).toBe('');
    expect(lint(index)).toContain('-- no transaction');
    expect(lint(`-- no transaction\n${index}\n${index}`)).toContain('ban-concurrent-index-creation-in-transaction');
  });

  it('lets a protected table pass', () => {
    expect(
      lint("CREATE TABLE thing (tenant_id uuid NOT NULL, PRIMARY KEY (tenant_id));\nSELECT protect('thing');"),
    ).toBe('');
  });
});
