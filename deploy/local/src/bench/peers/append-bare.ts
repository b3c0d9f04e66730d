import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { servePeer } from '../peer.js';
import { fact, tenant } from './happened.js';
import { inParallel } from './in-parallel.js';

/** The same rows in the same columns with the same indexes, by a superuser: no policy, no function, no transaction but its own. Prepared, as ours are. */
servePeer(async (parts) => {
  const pool = new pg.Pool({ ...parts.postgres, database: 'postgres', max: 8, idleTimeoutMillis: 0 });
  await pool.query(`CREATE TABLE bare_event (
    tenant_id uuid NOT NULL, stream text NOT NULL, version integer NOT NULL CHECK (version > 0), id uuid NOT NULL,
    type text NOT NULL, type_version integer NOT NULL, data jsonb NOT NULL, actor_id text NOT NULL,
    correlation_id uuid NOT NULL, causation_id uuid, traceparent text, time timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(), position bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (tenant_id, stream, version))`);
  await pool.query('CREATE INDEX ON bare_event (transaction_id, position)');
  const insert = (n: number) => {
    const { type, data } = fact(n);
    return pool.query({
      name: 'insert',
      text: `INSERT INTO bare_event (tenant_id, stream, version, id, type, type_version, data, actor_id, correlation_id, time)
             VALUES ($1, $2, 1, $3, $4, 1, $5, $6, $7, $8)`,
      values: [tenant, `thing:${randomUUID()}`, uuidv7(), type, data, randomUUID(), randomUUID(), new Date()],
    });
  };
  return {
    round: async () => ({ perSecond: await inParallel(parts.size, 8, insert) }),
    close: () => pool.end(),
  };
});
