import { type EventStoreTables, eventStoreMigrations } from '@eaf/event-store';
import { migrate, prepareContext, prepareReader } from '@eaf/migrations';
import { Database } from '@eaf/tenancy';
import pg from 'pg';
import type { BenchParts } from '../peer.js';

/** Where the schema `bench` is, with the event store in it and roles as in production. */
export interface BenchSchema {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly password: string;
  readonly app: string;
  readonly runner: string;
}

export async function makeBenchSchema({ postgres }: BenchParts): Promise<BenchSchema> {
  const { host, port, password } = postgres;
  const admin = new pg.Client({ ...postgres, database: 'postgres' });
  await admin.connect();
  const login = (role: string) => ({ name: `bench_${role}`, password });
  await prepareReader(admin, login('reader'));
  const roles = { schema: 'bench', owner: login('owner'), app: login('app'), runner: login('runner') };
  await prepareContext(admin, { ...roles, reader: 'bench_reader' });
  await admin.end();
  await migrate({
    connection: { host, port, user: 'bench_owner', password, database: 'postgres' },
    roles: { schema: 'bench', owner: 'bench_owner', app: 'bench_app', runner: 'bench_runner', reader: 'bench_reader' },
    sources: [eventStoreMigrations],
  });
  return { host, port, database: 'postgres', password, app: 'bench_app', runner: 'bench_runner' };
}

export function openDatabase({ app, runner: _, ...at }: BenchSchema, poolSize: number): Database<EventStoreTables> {
  return new Database<EventStoreTables>({ ...at, user: app, poolSize, applicationName: 'bench' });
}
