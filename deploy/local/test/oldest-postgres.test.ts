import { randomUUID } from 'node:crypto';
import { services } from '@dvmm/contracts';
import pg from 'pg';
import { expect, inject, it } from 'vitest';
import { migrateAll, prepareDatabase } from '../src/set-up/prepare-database.js';

it("takes every service's migrations, from none to all, and again", async () => {
  const server = inject('postgres');
  const database = `oldest_${randomUUID().slice(0, 8)}`;
  await prepareDatabase(server, () => 'only-for-tests', database);
  for (let start = 1; start <= 2; start++) await migrateAll(server, () => 'only-for-tests', database);
  const client = new pg.Client({ ...server, database });
  await client.connect();
  const { rows } = await client.query<{ schema: string; tables: number; forced: number }>(
    `SELECT n.nspname AS schema, count(*)::int AS tables, count(*) FILTER (WHERE c.relforcerowsecurity)::int AS forced
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY($1) GROUP BY 1`,
    [[...services]],
  );
  await client.end();
  expect(rows.map(({ schema }) => schema).sort()).toEqual([...services].sort());
  for (const { schema, tables, forced } of rows) expect(forced, schema).toBe(tables);
});
