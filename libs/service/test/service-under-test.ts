import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyPairFiles, loadPrivateKey } from '@eaf/auth';
import { eventStoreMigrations } from '@eaf/event-store';
import { Calls, setUpStreams } from '@eaf/messaging';
import type { Contracts } from '@eaf/messaging/contract';
import { migrate, prepareContext, prepareReader } from '@eaf/migrations';
import { createTestDatabase } from '@eaf/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { Type } from '@nestjs/common';
import { inject } from 'vitest';
import { startService } from '../src/index.js';

const password = 'only-for-tests';

/** The service `counter` as a process would run it, on a schema of its own and the run's broker. */
export async function serviceUnderTest(contracts: Contracts, module: Type, callers: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'service-test-'));
  const keys = { private: join(folder, 'private'), public: join(folder, 'public') };
  createKeyPairFiles(keys.private, keys.public, ['counter', ...callers]);
  const test = await counterDatabase();
  const { url, ...login } = inject('nats');
  const connection = await connect({ servers: url, user: login.user, pass: login.password });
  await setUpStreams(await jetstreamManager(connection), contracts);
  const running = await startService(
    { context: 'counter', contracts, module, migrations: [eventStoreMigrations] },
    {
      DB_HOST: test.host,
      DB_PORT: test.port,
      DB_NAME: test.database,
      DB_USER: 'counter_app',
      DB_PASSWORD: password,
      RUNNER_DB_USER: 'counter_runner',
      RUNNER_DB_PASSWORD: password,
      DB_POOL_SIZE: 5,
      NATS_URL: url,
      NATS_USER: login.user,
      NATS_PASSWORD: login.password,
      ACTOR_KEY_FILE: join(keys.private, 'counter.private.pem'),
      ACTOR_PUBLIC_KEYS_DIR: keys.public,
      INNER_PORT: 0,
      INNER_HOST: '127.0.0.1',
      LOG_LEVEL: 'silent',
    },
  );
  return {
    admin: test.admin,
    jetstream: jetstream(connection),
    callsOf: (caller: string) =>
      new Calls(connection, contracts.prefix, caller, loadPrivateKey(join(keys.private, `${caller}.private.pem`))),
    async close() {
      await running.stop();
      await connection.close();
      await test.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function counterDatabase() {
  const server = inject('postgres');
  return createTestDatabase(server, {
    name: 'service',
    prepare: async (admin, database) => {
      const login = (name: string) => ({ name: `counter_${name}`, password });
      await prepareReader(admin, { name: 'counter_reader', password });
      const roles = { schema: 'counter', reader: 'counter_reader' };
      await prepareContext(admin, { ...roles, owner: login('owner'), app: login('app'), runner: login('runner') });
      await migrate({
        connection: { ...server, user: 'counter_owner', password, database },
        roles: { ...roles, owner: 'counter_owner', app: 'counter_app', runner: 'counter_runner' },
        sources: [eventStoreMigrations],
      });
    },
  });
}
