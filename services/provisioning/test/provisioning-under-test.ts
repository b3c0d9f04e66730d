import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contracts } from '@dvmm/contracts';
import { EventStore, type EventStoreTables, Timers } from '@eaf/event-store';
import { Calls, Live } from '@eaf/messaging';
import { contextOf, isRefusal } from '@eaf/messaging/contract';
import { createLogger } from '@eaf/observability';
import { createKekFile } from '@eaf/secrets';
import { Log } from '@eaf/service';
import { password, serviceDatabase } from '@eaf/service-testing';
import { Database } from '@eaf/tenancy';
import type { TestDatabase } from '@eaf/testing';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { inject } from 'vitest';
import { migrations } from '../src/migrations.js';
import { ProvisioningModule } from '../src/provisioning.module.js';
import type { ProvisioningTables } from '../src/tables.js';
import type { VCenter } from './hypervisor/vcsim.js';

export const tenant = randomUUID();

/** The service's own database, as migrated at a start. */
export function provisioningDatabase(): Promise<TestDatabase> {
  return serviceDatabase({ context: 'provisioning', migrations });
}

export interface Replica {
  readonly app: INestApplicationContext;
  readonly database: Database<ProvisioningTables>;
  readonly faults: unknown[];
  stop(): Promise<void>;
}

/** One replica of the service without its bus handlers: timers run, nothing is delivered but what the test calls. */
export async function startReplica(test: TestDatabase): Promise<Replica> {
  const at = { host: test.host, port: test.port, database: test.database, password };
  const database = new Database<EventStoreTables>({
    ...at,
    user: 'provisioning_app',
    poolSize: 5,
    applicationName: 'test',
  });
  const runner = new pg.Pool({ ...at, user: 'provisioning_runner', max: 2 });
  const faults: unknown[] = [];
  const timers = new Timers(runner, 'provisioning', (error) => faults.push(error));
  const events = contracts.events.filter(({ type }) => contextOf(type) === 'provisioning');
  const store = new EventStore<EventStoreTables>(database, 'provisioning', events, () => timers.wake());
  const { url, ...login } = inject('nats');
  const connection = await connect({ servers: url, user: login.user, pass: login.password });
  const app = await NestFactory.createApplicationContext(withParts(database, store, timers, connection), {
    logger: ['error'],
  });
  timers.start();
  return {
    app,
    database: database as unknown as Database<ProvisioningTables>,
    faults,
    async stop() {
      await timers.stop();
      await app.close();
      await connection.close();
      await Promise.all([database.close(), runner.end()]);
    },
  };
}

function withParts(
  database: Database<EventStoreTables>,
  store: EventStore<EventStoreTables>,
  timers: Timers,
  connection: NatsConnection,
) {
  const { privateKey } = generateKeyPairSync('ed25519');
  const providers = [
    { provide: Database, useValue: database },
    { provide: EventStore, useValue: store },
    { provide: Timers, useValue: timers },
    { provide: Calls, useValue: new Calls(connection, 'dvmm', 'provisioning', privateKey) },
    { provide: Live, useValue: new Live(connection, 'dvmm', 'provisioning') },
    { provide: Log, useValue: new Log(createLogger({ service: 'provisioning', level: 'error' })) },
  ];
  class Parts {}
  Module({})(Parts); // As a call: the compiler's settings for decorators cover src alone.
  const parts = { module: Parts, global: true, providers, exports: providers.map(({ provide }) => provide) };
  return { module: ProvisioningModule, imports: [parts] };
}

/** What an operator would set. */
export function setEnvironment(): { remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'provisioning-'));
  process.env.KEK_FILE = join(folder, 'kek.json');
  process.env.OUTBOUND_ALLOW = '127.0.0.1';
  process.env.CONFIRM_TIMEOUT_MS = '20000';
  process.env.INVENTORY_EVERY_MS = '1000';
  createKekFile(process.env.KEK_FILE);
  return { remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A reply that was no refusal. */
export function granted<T>(reply: T) {
  if (isRefusal(reply)) throw new Error(`refused: ${JSON.stringify(reply)}`);
  return reply as Exclude<T, { refused: string }>;
}

/** What an administrator enters to connect a test's vCenter. */
export function entryOf(vcenter: VCenter, name: string) {
  const { port, user, password, ca } = vcenter.simulator;
  const { placement } = vcenter.connection();
  return { ...placement, name, host: '127.0.0.1', port, username: user, password, certificate: ca, maxClones: 2 };
}

export const administrator = {
  tenant,
  actorId: '018f6f2e-0000-7000-8000-0000000000aa',
  roles: ['tenant-admin'],
  scopes: [],
  caller: 'gateway',
  operation: 'test',
  correlationId: randomUUID(),
};
