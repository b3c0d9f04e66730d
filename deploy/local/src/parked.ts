import { randomUUID } from 'node:crypto';
import { contracts, platformTenant, type Service, services } from '@dvmm/contracts';
import { loadPrivateKey } from '@eaf/auth';
import { Calls, consumersOf, inboxPrefix } from '@eaf/messaging';
import { isRefusal } from '@eaf/messaging/contract';
import { operatorUser, parkedOperationsOf } from '@eaf/messaging/parked';
import { connect } from '@nats-io/transport-node';
import { addressesOf } from './addresses.js';
import { localSettingsOfRunning, passwordOf } from './local-settings.js';
import { privateKeyOf } from './set-up/keys.js';

const help = `npm run parked
Lists the events that consumers gave up on, and those that wait behind them, in all services and of all tenants. Ends with
1 while there are any, or when a service did not answer.

npm run parked -- redeliver <consumer> [<tenant> [<stream>]]
Hands them to their handlers again, each stream in order, up to the first that still fails. Ends with 1 when one did.

Reads the local set-up while it runs (npm start); elsewhere NATS_URL, NATS_USER, NATS_PASSWORD and ACTOR_KEY_FILE of the
operator.`;

const [command, consumer, tenant, stream] = process.argv.slice(2);
const isHelp = command === '--help';
if (isHelp || (command !== undefined && (command !== 'redeliver' || !consumer))) {
  console.log(help);
  process.exit(isHelp ? 0 : 2);
}
const door = process.env.NATS_URL ? fromEnvironment() : fromLocalSetUp();
const connection = await connect({ ...door, inboxPrefix: inboxPrefix(operatorUser), name: operatorUser }).catch(
  (error: Error) => giveUp(`NATS does not answer: ${error.message}. Is "npm start" running?`),
);
const calls = new Calls(connection, contracts.prefix, operatorUser, loadPrivateKey(door.keyFile));
const failed = consumer ? await redeliver(consumer) : await list();
await connection.close();
process.exit(failed ? 1 : 0);

async function list(): Promise<boolean> {
  let incomplete = false;
  let parked = 0;
  for (const service of services) {
    try {
      const { items, total } = await parkedIn(service);
      parked += total;
      for (const one of items)
        console.log(
          `${one.consumer}  ${one.tenant}  ${one.stream}  version ${one.version}  ${one.type}  since ${one.since}\n    ${one.reason}`,
        );
      if (total > items.length) console.log(`… and ${total - items.length} more in ${service}`);
    } catch (error) {
      incomplete = true;
      console.error(`${service} did not say what it has parked: ${(error as Error).message}`);
    }
  }
  console.log(`${parked} parked${incomplete ? ', as far as was heard' : ''}`);
  return incomplete || parked > 0;
}

async function redeliver(named: string): Promise<boolean> {
  const service = services.find((one) =>
    consumersOf(contracts).some((known) => known.service === one && known.durable === named),
  );
  if (!service) return giveUp(`There is no consumer ${named}. "npm run parked" lists them first on each line.`);
  const { items } = await parkedIn(service);
  const streams = new Map(
    items
      .filter((one) => one.consumer === named && (tenant ?? one.tenant) === one.tenant)
      .filter((one) => (stream ?? one.stream) === one.stream)
      .map((one) => [`${one.tenant} ${one.stream}`, one]),
  );
  if (streams.size === 0) return giveUp('Nothing is parked there.');
  let failures = 0;
  for (const one of streams.values()) failures += (await redeliverStream(service, one)) ? 0 : 1;
  console.log(`${streams.size} streams, ${failures} still parked`);
  return failures > 0;
}

async function redeliverStream(
  service: Service,
  one: { tenant: string; consumer: string; stream: string },
): Promise<boolean> {
  const operation = parkedOperationsOf(service).redeliver;
  const asking = { tenant: one.tenant, correlationId: randomUUID() };
  for (let handled = 0; ; ) {
    const wish = { consumer: one.consumer, stream: one.stream };
    const reply = await calls
      .askAsService(operation, wish, asking, { timeoutMs: 60_000 })
      .catch((error: Error) => error);
    const place = `${one.consumer}  ${one.tenant}  ${one.stream}`;
    if (reply instanceof Error) {
      console.log(`${place}  ${handled} handled, then: ${reply.message}. Look again with "npm run parked".`);
      return false;
    }
    if (isRefusal(reply)) {
      console.log(`${place}  ${handled} handled, nothing is left`);
      return true;
    }
    handled += reply.handled;
    if (reply.stuck) {
      console.log(`${place}  ${handled} handled, ${reply.left} left; version ${reply.stuck.version} failed again`);
      console.log(`    ${reply.stuck.reason}`);
      return false;
    }
    if (reply.left === 0) {
      console.log(`${place}  ${handled} handled, nothing is left`);
      return true;
    }
  }
}

async function parkedIn(service: Service) {
  const asking = { tenant: platformTenant, correlationId: randomUUID() };
  const reply = await calls.askAsService(parkedOperationsOf(service).list, { limit: 1_000 }, asking);
  return reply;
}

function fromLocalSetUp() {
  const settings = localSettingsOfRunning();
  const pass = passwordOf(settings, 'nats-operator');
  return { servers: addressesOf(settings).nats, user: operatorUser, pass, keyFile: privateKeyOf(operatorUser) };
}

function fromEnvironment() {
  const { NATS_URL: servers, NATS_USER: user, NATS_PASSWORD: pass, ACTOR_KEY_FILE: keyFile } = process.env;
  if (!servers || !user || !pass || !keyFile)
    return giveUp('NATS_USER, NATS_PASSWORD and ACTOR_KEY_FILE are needed too.');
  return { servers, user, pass, keyFile };
}

function giveUp(why: string): never {
  console.error(why);
  process.exit(2);
}
