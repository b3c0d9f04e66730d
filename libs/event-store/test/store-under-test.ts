import { event, type FactOf } from '@eaf/messaging/contract';
import { migrate, prepareContext, prepareReader } from '@eaf/migrations';
import { Database } from '@eaf/tenancy';
import { createTestDatabase, type TestDatabase } from '@eaf/testing';
import pg from 'pg';
import { inject } from 'vitest';
import { z } from 'zod';
import { EventStore, type EventStoreTables, eventStoreMigrations, Streams } from '../src/index.js';

export const counted = event({
  type: 'counter.counted',
  summary: 'One more.',
  heardBy: [],
  data: z.object({ by: z.int() }),
});
export type Counted = FactOf<typeof counted>;

/** The smallest aggregate there is. */
export class Counters extends Streams<number, Counted, EventStoreTables> {
  constructor(store: EventStore<EventStoreTables>) {
    super(store, { category: 'counter', initial: 0, evolve: (sum, { data }) => sum + data.by });
  }
}

const password = 'only-for-tests';

export interface StoreUnderTest {
  readonly test: TestDatabase;
  readonly database: Database<EventStoreTables>;
  readonly store: EventStore<EventStoreTables>;
  readonly runner: pg.Pool;
  close(): Promise<void>;
}

/** A migrated schema of its own, reached by app and runner roles as in production. */
export async function storeUnderTest(): Promise<StoreUnderTest> {
  const server = inject('postgres');
  const test = await createTestDatabase(server, {
    name: 'event-store',
    prepare: async (admin, database) => {
      const login = (name: string) => ({ name: `counter_${name}`, password });
      await prepareReader(admin, { name: 'counter_reader', password });
      await prepareContext(admin, {
        schema: 'counter',
        owner: login('owner'),
        app: login('app'),
        runner: login('runner'),
        reader: 'counter_reader',
      });
      await migrate({
        connection: { ...server, user: 'counter_owner', password, database },
        roles: {
          schema: 'counter',
          owner: 'counter_owner',
          app: 'counter_app',
          runner: 'counter_runner',
          reader: 'counter_reader',
        },
        sources: [eventStoreMigrations],
      });
    },
  });
  const database = new Database<EventStoreTables>({
    host: test.host,
    port: test.port,
    database: test.database,
    user: 'counter_app',
    password,
    poolSize: 8,
    applicationName: 'test',
  });
  const runner = new pg.Pool({
    host: test.host,
    port: test.port,
    database: test.database,
    user: 'counter_runner',
    password,
    max: 4,
  });
  // One that is still saying goodbye may be cut off when the database is dropped.
  runner.on('connect', (client) => client.on('error', () => {}));
  return {
    test,
    database,
    runner,
    store: new EventStore<EventStoreTables>(database, 'counter', [counted]),
    async close() {
      await Promise.all([database.close(), runner.end()]);
      await test.drop();
    },
  };
}
