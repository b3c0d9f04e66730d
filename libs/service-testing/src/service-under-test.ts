import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyPairFiles, loadPrivateKey, loadPublicKeys } from '@eaf/auth';
import {
  type AskOptions,
  Calls,
  consumersOf,
  contextsOf,
  fromEnvelope,
  inboxPrefix,
  permissionsOf,
  setUpStreams,
  streamName,
} from '@eaf/messaging';
import type { AnyOperation, EventDefinition, Heard, Recorded, Reply } from '@eaf/messaging/contract';
import { type RunningService, type ServiceDeclaration, startService } from '@eaf/service';
import { eventually, type Nats, startNats, type TestDatabase } from '@eaf/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { z } from 'zod';
import { Peers } from './peers.js';
import { password, serviceDatabase } from './service-database.js';
import { type Telling, ToldEvents } from './told-events.js';

/** A person, as the edge states her to services. */
export interface Asking {
  readonly tenant: string;
  readonly actorId: string;
  readonly roles: readonly string[];
  readonly scopes?: readonly string[];
}

const outside = 'outside';

/**
 * One service as it runs in production: its own module and declaration on the real transport, a database of its own, a
 * broker of its own where it has exactly the rights of its contracts. Everybody else is played.
 */
export class ServiceUnderTest {
  database!: TestDatabase;
  peers!: Peers;
  /** What the service has published, in order; each has been read by its contract. */
  readonly facts: Recorded[] = [];
  #folder!: string;
  #nats!: Nats;
  #others!: NatsConnection;
  #told!: ToldEvents;
  #running: RunningService | undefined;
  readonly #askers = new Map<string, { calls: Calls; connection: NatsConnection }>();

  constructor(private readonly declaration: ServiceDeclaration) {}

  /** Reads a fact's type as its contract declares it. */
  factsOf<D extends EventDefinition>({ type }: D): Heard<D>[] {
    return this.facts.filter((fact) => fact.type === type) as unknown as Heard<D>[];
  }

  /** Waits for a fact. */
  async fact<D extends EventDefinition>(
    definition: D,
    which: (fact: Heard<D>) => boolean = () => true,
  ): Promise<Heard<D>> {
    return eventually(() => this.factsOf(definition).find(which), { what: `${definition.type} being published` });
  }

  /** Asks the service as a person does through `caller` (default: the gateway), or in the caller's own name. */
  async ask<O extends AnyOperation>(
    operation: O,
    input: z.input<O['input']>,
    asking: Asking,
    { caller = 'gateway', ...options }: AskOptions & { readonly caller?: string } = {},
  ): Promise<Reply<O>> {
    const asker = this.#askers.get(caller) ?? (await this.#newAsker(caller));
    const correlationId = uuidv7();
    return asker.calls.ask(operation, input, { scopes: [], ...asking, correlationId }, options);
  }

  /** A peer's event. */
  tell<D extends EventDefinition>(definition: D, data: z.input<D['data']>, telling: Telling): Promise<Recorded> {
    return this.#told.tell(definition, data, telling);
  }

  tellAgain(recorded: Recorded): Promise<void> {
    return this.#told.tellAgain(recorded);
  }

  /** Waits until every event has been handled, every timer that is due has been worked off and every fact is published. */
  async settled(): Promise<void> {
    await eventually(
      async () =>
        (await this.#nothingToHear()) &&
        (await this.#nothingDue()) &&
        (await this.#allPublished()) &&
        (await this.#nothingToHear()),
      { what: `${this.declaration.context} having nothing left to do` },
    );
  }

  /** Rows of the service's own tables, past row-level security. */
  async rows<Row extends object = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.database.admin.query(sql, parameters)).rows as Row[];
  }

  /** Lets the time of a timer come: waiting it out is for nobody. */
  async ring(kind: string, id: string): Promise<void> {
    await this.rows('UPDATE due SET due_at = clock_timestamp() WHERE kind = $1 AND id = $2', [kind, id]);
  }

  async start(prepare: () => Promise<void> | void): Promise<void> {
    const { context, contracts } = this.declaration;
    this.#folder = mkdtempSync(join(tmpdir(), `${context}-test-`));
    const everybody = [
      ...new Set([...contextsOf(contracts), ...contracts.operations.flatMap(({ callers }) => callers)]),
    ];
    createKeyPairFiles(this.#keys('private'), this.#keys('public'), everybody);
    this.database = await serviceDatabase(this.declaration);
    await this.database.admin.query(`SET search_path = ${context}`);
    this.#nats = await startNats({
      dir: join(this.#folder, 'nats'),
      logFile: join(this.#folder, 'nats.log'),
      durable: false,
      users: [
        { user: outside, password },
        { user: context, password, permissions: permissionsOf(contracts, context) },
      ],
    });
    this.#others = await this.#connectAs(outside);
    await setUpStreams(await jetstreamManager(this.#others), contracts);
    this.peers = new Peers(this.#others, contracts, loadPublicKeys(this.#keys('public')));
    this.#told = new ToldEvents(jetstream(this.#others), contracts);
    await this.#collectFacts();
    await prepare();
    await this.startService();
  }

  async startService(): Promise<void> {
    const { context } = this.declaration;
    this.#running = await startService(this.declaration, {
      DB_HOST: this.database.host,
      DB_PORT: this.database.port,
      DB_NAME: this.database.database,
      DB_USER: `${context}_app`,
      DB_PASSWORD: password,
      RUNNER_DB_USER: `${context}_runner`,
      RUNNER_DB_PASSWORD: password,
      DB_POOL_SIZE: 5,
      NATS_URL: this.#nats.url,
      NATS_USER: context,
      NATS_PASSWORD: password,
      ACTOR_KEY_FILE: join(this.#keys('private'), `${context}.private.pem`),
      ACTOR_PUBLIC_KEYS_DIR: this.#keys('public'),
      INNER_PORT: 0,
      INNER_HOST: '127.0.0.1',
      LOG_LEVEL: process.env.SERVICE_LOG_LEVEL ?? 'silent',
    });
  }

  async stopService(): Promise<void> {
    await this.#running?.stop();
    this.#running = undefined;
  }

  /** @throws what a peer or the service said outside its contract since the last look, and what the service could not handle */
  async requireNoFaults(): Promise<void> {
    const parked = await this.rows('SELECT consumer, stream, version, reason FROM parked');
    const faults = [
      ...this.peers.faults.splice(0),
      ...parked.map((row) => new Error(`Parked: ${JSON.stringify(row)}`)),
    ];
    if (faults.length > 0) throw new AggregateError(faults, faults.map(String).join('\n'));
  }

  async stop(): Promise<void> {
    await this.stopService();
    for (const { connection } of this.#askers.values()) await connection.close();
    await this.#others?.close();
    await this.#nats?.stop();
    await this.database?.drop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #keys(half: 'private' | 'public'): string {
    return join(this.#folder, half);
  }

  /** Everybody but the service is one user of the broker, who listens where the played one would. */
  #connectAs(caller: string): Promise<NatsConnection> {
    return connect({ servers: this.#nats.url, user: outside, pass: password, inboxPrefix: inboxPrefix(caller) });
  }

  async #newAsker(caller: string): Promise<{ calls: Calls; connection: NatsConnection }> {
    const connection = await this.#connectAs(caller);
    const key = loadPrivateKey(join(this.#keys('private'), `${caller}.private.pem`));
    const asker = { connection, calls: new Calls(connection, this.declaration.contracts.prefix, caller, key) };
    this.#askers.set(caller, asker);
    return asker;
  }

  async #collectFacts(): Promise<void> {
    const { context, contracts } = this.declaration;
    const consumer = await jetstream(this.#others).consumers.get(streamName(contracts.prefix, context));
    const messages = await consumer.consume();
    void (async () => {
      for await (const message of messages) {
        try {
          const fact = fromEnvelope(contracts.prefix, message.data);
          const definition = contracts.events.find(({ type }) => type === fact.type);
          if (definition?.version !== fact.typeVersion) throw new Error(`No contract declares ${fact.type}`);
          this.facts.push({ ...fact, data: definition.data.parse(fact.data) });
        } catch (error) {
          this.peers.faults.push(error);
        }
      }
    })();
  }

  async #nothingToHear(): Promise<boolean> {
    const { context, contracts } = this.declaration;
    const manager = await jetstreamManager(this.#others);
    for (const { source, durable } of consumersOf(contracts).filter(({ service }) => service === context)) {
      const { num_pending, num_ack_pending } = await manager.consumers.info(
        streamName(contracts.prefix, source),
        durable,
      );
      if (num_pending + num_ack_pending > 0) return false;
    }
    return true;
  }

  async #nothingDue(): Promise<boolean> {
    return (await this.rows('SELECT 1 FROM due WHERE due_at <= clock_timestamp()')).length === 0;
  }

  async #allPublished(): Promise<boolean> {
    const [stored] = await this.rows<{ count: number }>('SELECT count(*)::int AS count FROM event');
    return stored?.count === new Set(this.facts.map(({ id }) => id)).size;
  }
}

/**
 * Runs a service for the tests of one file. After each test, whatever was said outside a contract fails it.
 * @param prepare before the service starts: its environment, the peers' answers
 */
export function serviceUnderTest(
  declaration: ServiceDeclaration,
  prepare: (service: ServiceUnderTest) => Promise<void> | void = () => {},
): ServiceUnderTest {
  const service = new ServiceUnderTest(declaration);
  beforeAll(async () => service.start(() => prepare(service)));
  afterEach(() => service.requireNoFaults());
  afterAll(() => service.stop());
  return service;
}
