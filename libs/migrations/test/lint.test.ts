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

  it('lets a protected table pass', () => {
    expect(
      lint("CREATE TABLE thing (tenant_id uuid NOT NULL, PRIMARY KEY (tenant_id));\nSELECT protect('thing');"),
    ).toBe('');
  });
});
