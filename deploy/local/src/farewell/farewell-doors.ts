import { contracts, type Service, services } from '@dvmm/contracts';
import { loadPrivateKey } from '@eaf/auth';
import { readConfig } from '@eaf/config';
import { Calls, inboxPrefix } from '@eaf/messaging';
import { operatorUser } from '@eaf/messaging/parked';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import pg from 'pg';
import { z } from 'zod';

const variables = z.object({
  DB_HOST: z.string(),
  DB_PORT: z.coerce.number().int(),
  DB_NAME: z.string(),
  /** Of `request_owner`, and so on: the only logins that may delete an event. */
  REQUEST_OWNER_PASSWORD: z.string(),
  APPROVAL_OWNER_PASSWORD: z.string(),
  PROVISIONING_OWNER_PASSWORD: z.string(),
  NOTIFICATION_OWNER_PASSWORD: z.string(),
  TENANT_OWNER_PASSWORD: z.string(),
  NATS_URL: z.string(),
  /** Of the set-up step's user, the only one that may purge. */
  NATS_SETUP_PASSWORD: z.string(),
  NATS_OPERATOR_PASSWORD: z.string(),
  /** The operator's: signs the certificate's way to the service tenant. */
  ACTOR_KEY_FILE: z.string(),
});

/** What the job may do and no service may. Closed by whoever opened it. */
export interface FarewellDoors {
  readonly owners: Readonly<Record<Service, pg.Client>>;
  readonly setUp: NatsConnection;
  readonly calls: Calls;
  close(): Promise<void>;
}

/** @throws Error that names the variables that are missing, or says who does not answer */
export async function openDoors(env: NodeJS.ProcessEnv): Promise<FarewellDoors> {
  const config = readConfig(variables, env);
  const opened: { end(): Promise<void> }[] = [];
  const close = async () => void (await Promise.allSettled(opened.map((one) => one.end())));
  const owner = async (service: Service) => {
    const client = new pg.Client({
      host: config.DB_HOST,
      port: config.DB_PORT,
      database: config.DB_NAME,
      user: `${service}_owner`,
      password: config[`${service.toUpperCase() as Uppercase<Service>}_OWNER_PASSWORD`],
      application_name: 'farewell',
    });
    client.on('error', () => {}); // A connection that the server ends fails the next query, and that is told.
    await client.connect();
    opened.push(client);
    return client;
  };
  const broker = async (user: string, pass: string) => {
    const connection = await connect({ servers: config.NATS_URL, user, pass, inboxPrefix: inboxPrefix(user) });
    opened.push({ end: () => connection.close() });
    return connection;
  };
  try {
    const owners = Object.fromEntries(
      await Promise.all(services.map(async (service) => [service, await owner(service)] as const)),
    ) as Record<Service, pg.Client>;
    const setUp = await broker('setup', config.NATS_SETUP_PASSWORD);
    const operator = await broker(operatorUser, config.NATS_OPERATOR_PASSWORD);
    const calls = new Calls(operator, contracts.prefix, operatorUser, loadPrivateKey(config.ACTOR_KEY_FILE));
    return { owners, setUp, calls, close };
  } catch (error) {
    await close();
    throw error;
  }
}
