import { services } from '@dvmm/contracts';
import { type MigrationSource, migrate, prepareContext, prepareReader } from '@eaf/migrations';
import pg from 'pg';

export const databaseName = 'dvmm';
export const verifier = 'dvmm_verifier';

export interface DatabaseServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** Database, roles and schemas, as the set-up step's superuser. Safe to repeat. */
export async function prepareDatabase(
  server: DatabaseServer,
  passwordOf: (name: string) => string,
  database = databaseName,
): Promise<void> {
  const root = new pg.Client({ ...server, database: 'postgres' });
  await root.connect();
  const { rowCount } = await root.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
  if (rowCount === 0) await root.query(`CREATE DATABASE ${pg.escapeIdentifier(database)}`);
  await root.end();
  const admin = new pg.Client({ ...server, database });
  await admin.connect();
  try {
    await prepareReader(admin, { name: verifier, password: passwordOf('verifier') });
    for (const service of services) {
      const login = (role: string) => ({ name: `${service}_${role}`, password: passwordOf(`${service}-${role}`) });
      await prepareContext(admin, {
        schema: service,
        owner: login('owner'),
        app: login('app'),
        runner: login('runner'),
        reader: verifier,
      });
    }
  } finally {
    await admin.end();
  }
}

/** Each service's migrations, with its owner's login, as they run at every start. */
export async function migrateAll(
  server: DatabaseServer,
  passwordOf: (name: string) => string,
  database = databaseName,
): Promise<void> {
  // All end before one's fault is thrown: whoever hears of it stops the database.
  const ended = await Promise.allSettled(
    services.map(async (service) => {
      const { migrations } = (await import(`@dvmm/${service}/migrations`)) as { migrations: MigrationSource[] };
      await migrate({
        connection: {
          host: server.host,
          port: server.port,
          database,
          user: `${service}_owner`,
          password: passwordOf(`${service}-owner`),
        },
        roles: {
          schema: service,
          owner: `${service}_owner`,
          app: `${service}_app`,
          runner: `${service}_runner`,
          reader: verifier,
        },
        sources: migrations,
      });
    }),
  );
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}
