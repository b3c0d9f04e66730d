import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import pg from 'pg';

export interface DatabaseConfig {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Connections at most; the sum over all replicas must stay below the server's limit. */
  readonly poolSize: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
}

/** A query that kysely has built, or plain SQL with its parameters. */
export type SqlStatement = Compilable<unknown> | PlainSql;
export interface PlainSql {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Keeps the statement prepared on each connection. For fixed text that runs often; one name, one text. */
  readonly name?: string;
}

/**
 * The one door to PostgreSQL. Each way in opens a transaction and sets the tenant for that transaction alone, so it works
 * behind PgBouncer in transaction mode and a pooled connection never carries a tenant over. Without a tenant the
 * policies show no row and take none.
 */
export class Database<DB> {
  /** Builds queries; runs none. */
  readonly sql: Kysely<DB> = new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  readonly #pool: pg.Pool;

  constructor(config: DatabaseConfig) {
    this.#pool = new pg.Pool({
      host: config.host,
      port: config.port,
      database: config.database,
      user: config.user,
      password: config.password,
      max: config.poolSize,
      application_name: config.applicationName,
      pipeline: true,
      // A new connection costs a login and the planning of all it runs: after a lull nobody should wait for that.
      idleTimeoutMillis: 300_000,
      idle_in_transaction_session_timeout: 5_000,
      statement_timeout: 15_000,
      connectionTimeoutMillis: 5_000,
    });
    // An idle connection that the server ends is replaced at the next use; without a listener it would end the process.
    this.#pool.on('error', () => {});
  }

  /** One query, one round trip: BEGIN, tenant, query and COMMIT leave in a single flush. */
  async read<Row>(tenant: string, query: Compilable<Row> | PlainSql): Promise<Row[]> {
    const [result] = await this.flush(tenant, [query]);
    return (result?.rows ?? []) as Row[];
  }

  /**
   * Statements that need nothing of each other's answers, in one transaction and one round trip.
   * @param tenant null: the first statement sets it, or none is needed
   * @throws the first statement's error; then nothing was stored
   */
  async flush(tenant: string | null, statements: readonly SqlStatement[]): Promise<pg.QueryResult[]> {
    return this.#withClient(async (client) => {
      // A statement that sets its own tenant and stands alone is a transaction by itself.
      const [only, ...others] = statements;
      if (tenant === null && only && others.length === 0) return [await send(client, only)];
      const sent = inOneWrite(client, () => [
        client.query('BEGIN'),
        ...(tenant === null ? [] : [send(client, setTenant(tenant))]),
        ...statements.map((statement) => send(client, statement)),
        client.query('COMMIT'),
      ]);
      const settled = await Promise.allSettled(sent);
      const failed = settled.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
      const results = settled.map((one) => (one as PromiseFulfilledResult<pg.QueryResult>).value);
      // After an error PostgreSQL answers COMMIT with ROLLBACK: were one overlooked, the tag would tell.
      if (results.at(-1)?.command !== 'COMMIT') throw new Error('The server rolled back; nothing was stored.');
      return results.slice(tenant === null ? 1 : 2, -1);
    });
  }

  /** Checks that the server answers; for readiness. */
  async ping(): Promise<void> {
    await this.#pool.query('SELECT 1');
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      return await work(client);
    } catch (error) {
      // After an SQL error the transaction is closed and the connection is good; anything else leaves it unknown.
      if (!(error instanceof pg.DatabaseError)) broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

function send(client: pg.PoolClient, statement: SqlStatement): Promise<pg.QueryResult> {
  const { sql, parameters, name }: PlainSql = 'compile' in statement ? statement.compile() : statement;
  return client.query({ text: sql, values: [...parameters], ...(name === undefined ? {} : { name }) });
}

/** Statements after it, to the end of the transaction, are this tenant's. For the rare change that spans two. */
export function setTenant(tenant: string): PlainSql {
  return { name: 'set-tenant', sql: "SELECT set_config('eaf.tenant', $1, true)", parameters: [tenant] };
}

/** The driver writes each query by itself: four system calls here, and up to four wake-ups of the server. */
function inOneWrite<Sent>(client: pg.PoolClient, issue: () => Sent): Sent {
  const { stream } = client.connection;
  stream.cork();
  try {
    return issue();
  } finally {
    stream.uncork();
  }
}
