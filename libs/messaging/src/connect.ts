import type { Logger } from '@eaf/observability';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { inboxPrefix } from './subjects.js';

/** Where the broker is and as whom to go there, as a program's environment names it. */
export interface BrokerLogin {
  readonly NATS_URL: string;
  readonly NATS_USER: string;
  readonly NATS_PASSWORD: string;
}

/**
 * Waits for the first connection, and comes back by itself when the broker was away, however long.
 * @param name what `nats server report connections` shows
 */
export async function connectToNats(login: BrokerLogin, name: string, logger: Logger): Promise<NatsConnection> {
  const connection = await connect({
    servers: login.NATS_URL,
    user: login.NATS_USER,
    pass: login.NATS_PASSWORD,
    name,
    inboxPrefix: inboxPrefix(login.NATS_USER),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    waitOnFirstConnect: true,
  });
  void (async () => {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect' || status.type === 'reconnect')
        logger.warn({ operation: 'nats' }, `NATS: ${status.type}`);
      if (status.type === 'error') logger.warn({ operation: 'nats', err: status.error }, 'NATS reported an error');
    }
  })();
  return connection;
}
