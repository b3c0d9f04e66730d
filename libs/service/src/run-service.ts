import 'reflect-metadata';
import { hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { loadPrivateKey, loadPublicKeys } from '@eaf/auth';
import { readConfig } from '@eaf/config';
import { DatabaseJournal, EventStore, type EventStoreTables, Relay, Timers } from '@eaf/event-store';
import {
  Calls,
  connectToNats,
  Live,
  NatsTransport,
  PassFaults,
  publishEvents,
  streamName,
  wakeSubject,
} from '@eaf/messaging';
import { type AnyOperation, type Contracts, contextOf, OperationFault } from '@eaf/messaging/contract';
import { type MigrationSource, requireSchemaVersion } from '@eaf/migrations';
import { createLogger, NestLogger, startInnerServer, startTracing } from '@eaf/observability';
import { Database } from '@eaf/tenancy';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { Gauge, Registry, register } from 'prom-client';
import { type ServiceConfig, serviceConfig } from './config.js';
import { Log } from './log.js';
import { parkedModule } from './parked-module.js';
import { partsModule } from './parts-module.js';

export interface ServiceDeclaration {
  /** The context this service owns. */
  readonly context: string;
  readonly contracts: Contracts;
  /** Its controllers and providers. */
  readonly module: Type;
  readonly migrations: readonly MigrationSource[];
  /** The operation that seals personal texts: `{personId, texts}` to `{sealed}`. Absent where no personal text comes in. */
  readonly seal?: AnyOperation;
}

export interface RunningService {
  readonly innerPort: number;
  stop(): Promise<void>;
}

/** Runs a service as a process of its own: from its environment, until SIGTERM or SIGINT. Never resolves before that. */
export async function runService(declaration: ServiceDeclaration): Promise<void> {
  const running = await startService(declaration, readConfig(serviceConfig));
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  await running.stop();
  process.exit(0);
}

/** Starts a service: schema version checked, transport listening, relay and timers running, inner port open. */
export async function startService(declaration: ServiceDeclaration, config: ServiceConfig): Promise<RunningService> {
  const { context, contracts } = declaration;
  const logger = createLogger({ service: context, level: config.LOG_LEVEL });
  const tracing = await startTracing({ service: context });
  const key = loadPrivateKey(config.ACTOR_KEY_FILE);
  const database = new Database<EventStoreTables>({
    host: config.DB_HOST,
    port: config.DB_PORT,
    database: config.DB_NAME,
    user: config.DB_USER,
    password: config.DB_PASSWORD,
    poolSize: config.DB_POOL_SIZE,
    applicationName: context,
  });
  const runnerPool = runnerPoolOf(config, context);
  await checkSchema(config, declaration.migrations);
  const connection = await connectToNats(config, context, logger);
  const calls = new Calls(connection, contracts.prefix, context, key);
  const live = new Live(connection, contracts.prefix, context);
  const stream = jetstream(connection, { checkAPI: false });
  const { streams } = await jetstreamManager(connection, { checkAPI: false });
  const relay = new Relay(
    runnerPool,
    (events) => publishEvents(stream, contracts.prefix, events),
    async () => (await streams.info(streamName(contracts.prefix, context))).created,
    (error) => logger.warn({ operation: 'relay', err: error as Error }, 'The relay could not publish; it tries again'),
  );
  const timers = new Timers(runnerPool, context, (error, claim) =>
    logger.warn(
      { operation: `timer ${claim?.kind ?? ''}`, tenant: claim?.tenant, err: error as Error },
      'A timer failed; it rings again',
    ),
  );
  const store = new EventStore<EventStoreTables>(
    database,
    context,
    contracts.events.filter(({ type }) => contextOf(type) === context),
    () => {
      relay.wake();
      timers.wake();
      // Rung by ourselves is enough where we hold the lease: our own hint would come back and make us look twice.
      if (!relay.holdsLease && !connection.isClosed()) connection.publish(wakeSubject(contracts.prefix, context));
    },
  );
  const journal = new DatabaseJournal(store);
  const transport = new NatsTransport({
    connection,
    contracts,
    service: context,
    publicKeys: loadPublicKeys(config.ACTOR_PUBLIC_KEYS_DIR),
    hashKey: new Uint8Array(hkdfSync('sha256', readFileSync(config.ACTOR_KEY_FILE), '', 'idempotency', 32)),
    journal,
    seal: declaration.seal ? sealBy(calls, declaration.seal) : undefined,
    onFault: (what, error, about) =>
      logger.error(
        { operation: what, tenant: about?.tenant, correlationId: about?.correlationId, err: error as Error },
        'Not carried out',
      ),
  });
  connection.subscribe(wakeSubject(contracts.prefix, context), { callback: () => relay.wake() });

  const parts = partsModule({ database, store, timers, calls, live, log: new Log(logger) });
  const app = await NestFactory.createMicroservice(
    {
      module: declaration.module,
      imports: [parts, parkedModule(context, contracts, { runnerPool, journal, transport })],
    },
    { strategy: transport, logger: new NestLogger(logger) },
  );
  app.useGlobalFilters(new PassFaults());
  await app.listen();
  relay.start();
  timers.start();
  const inner = await startInnerServer({
    port: config.INNER_PORT,
    host: config.INNER_HOST,
    checks: {
      postgres: () => database.ping(),
      nats: async () => {
        if (connection.isClosed()) throw new Error('closed');
        await connection.flush();
      },
    },
    metrics: metricsOf(context, runnerPool, relay),
  });
  logger.info({ operation: 'start' }, 'Started');

  return {
    innerPort: inner.port,
    /** Nothing new is taken, what is under way ends, then the doors close: relay last, so that what was committed is published. */
    async stop() {
      await app.close();
      await timers.stop();
      await relay.stop();
      await connection.drain();
      await Promise.all([database.close(), runnerPool.end(), inner.close(), tracing.stop()]);
      logger.info({ operation: 'stop' }, 'Stopped');
    },
  };
}

function runnerPoolOf(config: ServiceConfig, context: string): pg.Pool {
  const pool = new pg.Pool({
    host: config.DB_HOST,
    port: config.DB_PORT,
    database: config.DB_NAME,
    user: config.RUNNER_DB_USER,
    password: config.RUNNER_DB_PASSWORD,
    max: 2,
    application_name: `${context} runner`,
    connectionTimeoutMillis: 5_000,
  });
  pool.on('error', () => {}); // An idle connection that the server ends is replaced at the next use.
  return pool;
}

async function checkSchema(config: ServiceConfig, migrations: readonly MigrationSource[]): Promise<void> {
  const client = new pg.Client({
    host: config.DB_HOST,
    port: config.DB_PORT,
    database: config.DB_NAME,
    user: config.DB_USER,
    password: config.DB_PASSWORD,
  });
  await client.connect();
  try {
    await requireSchemaVersion(client, migrations);
  } finally {
    await client.end();
  }
}

function sealBy(calls: Calls, operation: AnyOperation) {
  return async (
    context: { tenant: string; actorId: string; correlationId: string },
    texts: string[],
  ): Promise<string[]> => {
    const reply = await calls.askAsService(operation, { personId: context.actorId, texts }, context);
    const sealed = (reply as { sealed?: string[] }).sealed;
    if (!sealed || sealed.length !== texts.length)
      throw new OperationFault('internal', 'The texts could not be sealed.');
    return sealed;
  };
}

/** With what the service itself counts in prom-client's own registry. */
function metricsOf(context: string, runnerPool: pg.Pool, relay: Relay): Registry {
  const registry = new Registry();
  new Gauge({
    name: 'eaf_relay_published_events',
    help: 'Events this process has published since it started',
    registers: [registry],
    collect() {
      this.set(relay.published);
    },
  });
  new Gauge({
    name: 'eaf_parked_events',
    help: 'Dead letters: events that no handler could handle',
    registers: [registry],
    async collect() {
      const { rows } = await runnerPool.query('SELECT count(*)::int AS parked FROM parked');
      this.set(rows[0].parked);
    },
  });
  new Gauge({
    name: 'eaf_outbox_age_seconds',
    help: 'Age of the oldest committed event that is not published yet',
    registers: [registry],
    async collect() {
      const { rows } = await runnerPool.query(
        `SELECT coalesce(extract(epoch FROM clock_timestamp() - min(recorded_at)), 0)::float8 AS age
         FROM event, relay_cursor AS cursor
         WHERE cursor.name = 'relay' AND (event.transaction_id, event.position) > (cursor.transaction_id, cursor.position)`,
      );
      this.set(rows[0].age);
    },
  });
  const all = Registry.merge([registry, register]);
  all.setDefaultLabels({ service: context });
  return all;
}
