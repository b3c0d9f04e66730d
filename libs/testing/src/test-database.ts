import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface Server {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

export interface TestDatabase {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** The superuser's connection to this database. */
  readonly admin: pg.Client;
  drop(): Promise<void>;
}

/**
 * A database of this test file's own.
 * @param prepare runs once a run and template name, however many files ask; later ones are cloned from what it made
 */
export async function createTestDatabase(
  server: Server,
  template?: { readonly name: string; readonly prepare: (admin: pg.Client, database: string) => Promise<void> },
): Promise<TestDatabase> {
  const database = `test_${randomBytes(6).toString('hex')}`;
  const root = await connect(server, 'postgres');
  try {
    if (template) await prepareOnce(root, server, template);
    await root.query(`CREATE DATABASE ${database}${template ? ` TEMPLATE ${templateName(template.name)}` : ''}`);
  } finally {
    await root.end();
  }
  const admin = await connect(server, database);
  return {
    host: server.host,
    port: server.port,
    database,
    admin,
    async drop() {
      await admin.end();
      const again = await connect(server, 'postgres');
      await again.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
      await again.end();
    },
  };
}

async function prepareOnce(
  root: pg.Client,
  server: Server,
  { name, prepare }: { name: string; prepare: (admin: pg.Client, database: string) => Promise<void> },
): Promise<void> {
  const database = templateName(name);
  await root.query('SELECT pg_advisory_lock(hashtext($1))', [database]);
  try {
    const { rowCount } = await root.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [database]);
    if (rowCount !== 0) return;
    await root.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    await root.query(`CREATE DATABASE ${database}`);
    const admin = await connect(server, database);
    try {
      await prepare(admin, database);
    } finally {
      await admin.end();
    }
    await root.query(`ALTER DATABASE ${database} IS_TEMPLATE true`);
  } finally {
    await root.query('SELECT pg_advisory_unlock(hashtext($1))', [database]);
  }
}

function templateName(name: string): string {
  return `template_${name.replaceAll(/[^a-z0-9]/g, '_')}`;
}

async function connect(server: Server, database: string): Promise<pg.Client> {
  const client = new pg.Client({ ...server, database });
  await client.connect();
  client.on('error', () => {}); // A test may drop the database or stop the server under it.
  return client;
}
