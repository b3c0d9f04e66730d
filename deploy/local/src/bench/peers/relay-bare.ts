import { AckPolicy, jetstream, jetstreamManager, StorageType } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';
import { servePeer } from '../peer.js';
import { fact } from './happened.js';
import { Latency } from './latency.js';

/** The least that stores an event and hands it on: one INSERT, one publish, one durable consumer. */
servePeer(async (parts) => {
  const pool = new pg.Pool({ ...parts.postgres, database: 'postgres', max: 8, idleTimeoutMillis: 0 });
  await pool.query('CREATE TABLE bare (n integer PRIMARY KEY, data jsonb NOT NULL)');
  const connection = await connect({ servers: parts.nats.url, user: parts.nats.user, pass: parts.nats.password });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: 'bare', subjects: ['bare'], storage: StorageType.File });
  await manager.consumers.add('bare', { durable_name: 'bare', ack_policy: AckPolicy.Explicit });
  const stream = jetstream(connection);
  const latency = new Latency();
  const messages = await (await stream.consumers.get('bare', 'bare')).consume();
  void (async () => {
    for await (const message of messages) {
      latency.heard(message.json<{ n: number }>().n);
      message.ack();
    }
  })();
  const write = async (n: number) => {
    const { data } = fact(n);
    await pool.query({ name: 'insert', text: 'INSERT INTO bare (n, data) VALUES ($1, $2)', values: [n, data] });
    await stream.publish('bare', JSON.stringify(data), { msgID: String(n) });
  };
  return {
    round: () => latency.measure(parts.size, write),
    close: async () => {
      await messages.close();
      await Promise.all([connection.close(), pool.end()]);
    },
  };
});
