import { randomUUID } from 'node:crypto';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { servePeer } from '../dist/bench/peer.js';
import { fact } from '../dist/bench/peers/happened.js';
import { inParallel } from '../dist/bench/peers/in-parallel.js';

servePeer(async ({ postgres, size }) => {
  const { host, port, user, password } = postgres;
  const admin = new pg.Client({ host, port, user, password, database: 'postgres' });
  await admin.connect();
  await admin.query('CREATE DATABASE emmett');
  await admin.end();
  const connectionString = `postgresql://${user}:${password}@${host}:${port}/emmett`;
  const pool = new pg.Pool({ connectionString, max: 8, idleTimeoutMillis: 0 });
  const store = getPostgreSQLEventStore(connectionString, { connectionOptions: { pool } });
  await store.schema.migrate();
  const append = (n) =>
    store.appendToStream(`thing-${randomUUID()}`, [fact(n)], { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' });
  return {
    round: async () => ({ perSecond: await inParallel(size, 8, append) }),
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
});
