import { expect, inject, it } from 'vitest';
import { createTestDatabase } from '../src/index.js';

it('clones databases from a template that is prepared once, however many ask at once', async () => {
  let prepared = 0;
  const template = {
    name: 'marked',
    prepare: async (admin: { query(sql: string): Promise<unknown> }) => {
      prepared++;
      await admin.query('CREATE TABLE marked (n int); INSERT INTO marked VALUES (1)');
    },
  };
  const databases = await Promise.all([1, 2, 3].map(() => createTestDatabase(inject('postgres'), template)));
  await databases[0]?.admin.query('DELETE FROM marked');
  const counts = await Promise.all(
    databases.map(async ({ admin }) => (await admin.query('SELECT n FROM marked')).rowCount),
  );
  await Promise.all(databases.map((database) => database.drop()));
  expect(counts).toEqual([0, 1, 1]);
  expect(prepared).toBe(1);
});

it('prepares again after a preparation that failed', async () => {
  const failing = { name: 'failing', prepare: () => Promise.reject(new Error('no such migration')) };
  await expect(createTestDatabase(inject('postgres'), failing)).rejects.toThrow('no such migration');
  const database = await createTestDatabase(inject('postgres'), { name: 'failing', prepare: async () => {} });
  await database.drop();
});
