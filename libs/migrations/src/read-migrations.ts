import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A folder of `NNNN-name.sql` files, numbered on their own. */
export interface MigrationSource {
  readonly name: string;
  readonly directory: string;
}

export interface MigrationFile {
  readonly source: string;
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

/** Comes before every other source: the functions that protect tables. */
export const builtIn: MigrationSource = { name: 'eaf', directory: fileURLToPath(new URL('../sql', import.meta.url)) };

export function readMigrations(source: MigrationSource): MigrationFile[] {
  return readdirSync(source.directory)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const match = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file);
      if (!match) throw new Error(`${file} in ${source.name} is not named NNNN-what-for.sql`);
      const text = readFileSync(join(source.directory, file), 'utf8');
      const sha256 = createHash('sha256').update(text).digest('hex');
      return { source: source.name, number: Number(match[1]), name: match[2] as string, text, sha256 };
    });
}

/** As `CREATE INDEX CONCURRENTLY` needs it. Such a file holds one statement and can be repeated: a crash may leave it done but unnoted. */
export function isOutsideTransaction(file: MigrationFile): boolean {
  return /^--.*\bno transaction\b/.test(file.text);
}

export interface RoleNames {
  readonly schema: string;
  readonly owner: string;
  readonly app: string;
  readonly runner: string;
  readonly reader: string;
}

/** Fills `{{app}}` and its like with quoted identifiers, and `{{runner-literal}}` with a quoted string. */
export function fillIn(text: string, roles: RoleNames): string {
  return text.replaceAll(/\{\{([a-z-]+)\}\}/g, (placeholder, key: string) => {
    const literal = key.endsWith('-literal');
    const value = roles[(literal ? key.slice(0, -'-literal'.length) : key) as keyof RoleNames];
    if (value === undefined) throw new Error(`Unknown placeholder ${placeholder}`);
    if (!/^[a-z_][a-z0-9_]*$/.test(value)) throw new Error(`${value} is not a plain identifier`);
    return literal ? `'${value}'` : `"${value}"`;
  });
}
