import { createTestDatabase } from '@eaf/testing';
import { expect, inject, it } from 'vitest';

it('runs on the PostgreSQL that this run is for', async () => {
  const test = await createTestDatabase(inject('postgres'));
  const { rows } = await test.admin.query("SELECT current_setting('server_version_num')::int / 10000 AS major");
  await test.drop();
  expect(rows).toEqual([{ major: inject('postgresVersion') }]);
});
