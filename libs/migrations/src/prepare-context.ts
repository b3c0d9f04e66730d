import pg from 'pg';

interface Login {
  readonly name: string;
  readonly password: string;
}

/** The three roles of one schema. Services log in as app and runner; only migrations log in as owner. */
export interface ContextRoles {
  readonly schema: string;
  readonly owner: Login;
  readonly app: Login;
  readonly runner: Login;
  /** A role made by {@link prepareReader}; it gets USAGE and, by migrations, SELECT where they say so. */
  readonly reader: string;
}

/** Makes or updates a schema and its roles, as the set-up step's superuser. Safe to repeat. */
export async function prepareContext(admin: pg.ClientBase, roles: ContextRoles): Promise<void> {
  for (const login of [roles.owner, roles.app, roles.runner]) await makeLogin(admin, login);
  const [schema, owner, app, runner, reader] = [
    roles.schema,
    roles.owner.name,
    roles.app.name,
    roles.runner.name,
    roles.reader,
  ].map((name) => pg.escapeIdentifier(name));
  await admin.query(`CREATE SCHEMA IF NOT EXISTS ${schema} AUTHORIZATION ${owner}`);
  await admin.query(`GRANT USAGE ON SCHEMA ${schema} TO ${app}, ${runner}, ${reader}`);
  await admin.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC'); // A database made before PostgreSQL 15 still grants it.
  for (const role of [owner, app, runner]) await admin.query(`ALTER ROLE ${role} SET search_path = ${schema}`);
  // What a runner looks for stands at one end of an index, in its order. Its statements are planned while the tables are
  // empty, when reading and sorting all looks cheaper, and that plan is kept while they grow.
  for (const way of ['enable_seqscan', 'enable_bitmapscan']) await admin.query(`ALTER ROLE ${runner} SET ${way} = off`);
}

/** A login that may look at what migrations open to it, over all schemas, and change nothing. */
export async function prepareReader(admin: pg.ClientBase, login: Login): Promise<void> {
  await makeLogin(admin, login);
  await admin.query(`ALTER ROLE ${pg.escapeIdentifier(login.name)} SET default_transaction_read_only = on`);
}

async function makeLogin(admin: pg.ClientBase, { name, password }: Login): Promise<void> {
  const { rowCount } = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  const role = pg.escapeIdentifier(name);
  if (rowCount === 0) await admin.query(`CREATE ROLE ${role}`);
  await admin.query(
    `ALTER ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD ${pg.escapeLiteral(password)}`,
  );
}
