import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { type Postgres, startPostgres } from '../src/index.js';
import { scratchFolder } from './scratch-folder.js';

const folder = scratchFolder();
const options = { dataDir: join(folder, 'data'), password: 'secret', logFile: join(folder, 'postgres.log') };

it('keeps what was committed through a crash, and starts over the crashed data', async () => {
  const first = await startPostgres(options);
  await ask(first, 'CREATE TABLE kept (n int)');
  await ask(first, 'INSERT INTO kept VALUES (1)');
  await first.kill();

  const second = await startPostgres({ ...options, port: first.port });
  const settings = await ask(
    second,
    "SELECT current_setting('fsync') AS fsync, current_setting('data_checksums') AS checksums",
  );
  const { n } = await ask(second, 'SELECT n FROM kept');
  await expect(startPostgres({ ...options, port: second.port })).rejects.toThrow(
    `Port ${second.port}, which PostgreSQL needs, is taken`,
  );
  await expect(startPostgres(options)).rejects.toThrow(`(process ${second.pid}); end that first`);
  await second.stop();
  expect(n).toBe(1);
  expect(settings).toEqual({ fsync: 'on', checksums: 'on' });

  // A pid that runs something else meanwhile: this test itself.
  writeFileSync(join(second.dataDir, 'postmaster.pid'), `${process.pid}\n${second.dataDir}\n`);
  await expect(startPostgres({ ...options, password: 'another' })).rejects.toThrow('made with another password');
  const third = await startPostgres(options);
  await third.stop();
});

it('says in one sentence that it cannot have its folder', async () => {
  writeFileSync(join(folder, 'file'), '');
  const start = startPostgres({ ...options, dataDir: join(folder, 'file', 'data') });
  await expect(start).rejects.toThrow(/^The folder .*, which PostgreSQL needs, cannot be written/);
});

async function ask(server: Postgres, sql: string): Promise<Record<string, unknown>> {
  const { host, port, user, password } = server;
  const client = new pg.Client({ host, port, user, password, database: 'postgres' });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows[0] ?? {};
}
