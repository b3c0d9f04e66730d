import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contracts, services } from '@dvmm/contracts';
import {
  consumersOf,
  contextsOf,
  eventSubject,
  inboxPrefix,
  liveSubject,
  operationSubject,
  streamName,
  wakeSubject,
} from '@eaf/messaging';
import { contextOf } from '@eaf/messaging/contract';
import { operatorUser } from '@eaf/messaging/parked';
import { eventually, type Nats, startNats } from '@eaf/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { brokerUsers, setUpBroker } from '../src/set-up/broker.js';
import { refusedTo } from './nats-probe.js';

const { prefix } = contracts;
const users = [...services, 'gateway', operatorUser];
const contexts = contextsOf(contracts);
const consumers = consumersOf(contracts);
const tenant = randomUUID();
const passwordOf = (name: string) => `only-for-tests-${name}`;
const passwordsOf = new Map(brokerUsers(passwordOf).map(({ user, password }) => [user, password]));

/** A subject, and who may use it: written down here a second time, from the design and not from `permissionsOf`. */
type Row = readonly [subject: string, allowed: readonly string[]];

const answererTo = (caller: string) =>
  services.filter((service) =>
    contracts.operations.some(({ name, callers }) => contextOf(name) === service && callers.includes(caller)),
  );
const streams = [...contexts.map((context) => streamName(prefix, context)), 'KV_sessions'];
const durables = [...new Set(consumers.map(({ durable }) => durable))];
const owner = (stream: string, durable: string) =>
  consumers
    .filter((consumer) => streamName(prefix, consumer.source) === stream && consumer.durable === durable)
    .map(({ service }) => service);

const publishing: Row[] = [
  ...contracts.events.map(({ type }): Row => [eventSubject(prefix, tenant, type), [contextOf(type)]]),
  ...contexts.map((context): Row => [liveSubject(prefix, context, tenant), [context]]),
  ...contexts.map((context): Row => [wakeSubject(prefix, context), [context]]),
  ...contracts.operations.map(({ name, callers }): Row => [operationSubject(prefix, name), callers]),
  ...contexts.map((context): Row => [operationSubject(prefix, `${context}.not-declared`), []]),
  [`${prefix}.limits`, ['gateway']],
  [`${prefix}.gateway.${tenant}.happened`, []],
  // Other people's answers may only come from those they asked.
  ...users.map((user): Row => [`${inboxPrefix(user)}.x`, user === operatorUser ? services : answererTo(user)]),
  // Events are fetched and acknowledged by the consumer's service alone.
  ...streams.flatMap((stream) =>
    durables.flatMap((durable): Row[] => [
      [`$JS.API.CONSUMER.INFO.${stream}.${durable}`, owner(stream, durable)],
      [`$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`, owner(stream, durable)],
      [`$JS.ACK.${stream}.${durable}.1.1.1.1.0`, owner(stream, durable)],
      [`$JS.API.CONSUMER.DELETE.${stream}.${durable}`, []],
      [`$JS.API.CONSUMER.DURABLE.CREATE.${stream}.${durable}`, []],
    ]),
  ),
  // Nobody administers streams, or reads them past the consumers.
  ...streams.flatMap((stream) => [
    ...['CREATE', 'UPDATE', 'DELETE', 'PURGE', 'MSG.GET', 'MSG.DELETE', 'SNAPSHOT', 'RESTORE'].map(
      (verb): Row => [`$JS.API.STREAM.${verb}.${stream}`, []],
    ),
    // Its owner's relay asks whether it is still the one it has filled.
    [
      `$JS.API.STREAM.INFO.${stream}`,
      contexts.filter((context) => stream === streamName(prefix, context)),
    ] satisfies Row,
    [`$JS.API.CONSUMER.CREATE.${stream}`, []] satisfies Row,
    [`$JS.API.CONSUMER.CREATE.${stream}.mine.${prefix}.x`, []] satisfies Row,
    [`$JS.API.DIRECT.GET.${stream}.x`, stream === 'KV_sessions' ? ['gateway'] : []] satisfies Row,
  ]),
  ...['INFO', 'STREAM.NAMES', 'STREAM.LIST', 'ACCOUNT.PURGE.x', 'STREAM.CREATE.other'].map(
    (call): Row => [`$JS.API.${call}`, []],
  ),
  ['$KV.sessions.x', ['gateway']],
  ['$SRV.PING', [operatorUser]],
  ['$SRV.STATS.x', [operatorUser]],
  ['$SYS.REQ.SERVER.PING', []],
];

const subscribing: Row[] = [
  ...users.map((user): Row => [`${inboxPrefix(user)}.>`, [user]]),
  ...contracts.operations.map(({ name }): Row => [operationSubject(prefix, name), [contextOf(name)]]),
  ...contexts.map((context): Row => [wakeSubject(prefix, context), [context]]),
  ...contexts.map((context): Row => [`${prefix}.${context}.>`, []]),
  ...contracts.events.map(({ type }): Row => [eventSubject(prefix, tenant, type), []]),
  [`${prefix}.live.>`, ['gateway']],
  [`${prefix}.limits`, ['gateway']],
  ['$SRV.PING', services],
  ...['_INBOX.>', `${prefix}.>`, `${prefix}.rpc.>`, '>', '$JS.>', '$JS.ACK.>', '$KV.>', '$SYS.>'].map(
    (subject): Row => [subject, []],
  ),
];

let folder: string;
let nats: Nats;
let setup: NatsConnection;
/** What the one user who may hear everything has heard: in this test, and in all of them. */
const heard = new Set<string>();
const everHeard = new Set<string>();
const isOurs = (subject: string) => subject.startsWith(`${prefix}.`) || subject.startsWith('_INBOX.');
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'broker-permissions-'));
  const at = { dir: join(folder, 'nats'), logFile: join(folder, 'nats.log'), durable: false };
  nats = await startNats({ ...at, users: brokerUsers(passwordOf) });
  await setUpBroker(nats.url, passwordOf('nats-setup'));
  setup = await connectAs('setup');
  setup.subscribe('>', {
    callback: (_, { subject }) => {
      heard.add(subject);
      everHeard.add(subject);
    },
  });
  await setup.flush();
});
afterAll(async () => {
  await setup?.close();
  await nats?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function connectAs(user: string): Promise<NatsConnection> {
  return connect({ servers: nats.url, user, pass: passwordsOf.get(user) ?? '', inboxPrefix: inboxPrefix(user) });
}

async function streamsAndConsumers() {
  const manager = await jetstreamManager(setup);
  const found: string[] = [];
  for await (const { config } of manager.streams.list()) {
    found.push(config.name);
    for await (const { name } of manager.consumers.list(config.name)) found.push(`${config.name}/${name}`);
  }
  return found.sort();
}

describe('on the broker', () => {
  const notAllowed = (rows: readonly Row[], user: string) =>
    rows.filter(([, allowed]) => !allowed.includes(user)).map(([subject]) => subject);

  it.each(users)('%s may do what the contracts give it, and nothing else', async (user) => {
    const before = await streamsAndConsumers();
    await setup.flush();
    heard.clear();
    const refused = await refusedTo(
      { port: nats.port, user, password: passwordsOf.get(user) ?? '' },
      { publish: publishing.map(([subject]) => subject), subscribe: subscribing.map(([subject]) => subject) },
    );
    expect([...refused.publish].sort()).toEqual(notAllowed(publishing, user).sort());
    expect([...refused.subscribe].sort()).toEqual(notAllowed(subscribing, user).sort());
    await setup.flush();
    const allowed = publishing.filter(([, by]) => by.includes(user)).map(([subject]) => subject);
    expect([...heard].filter(isOurs)).toEqual(expect.arrayContaining(allowed.filter(isOurs)));
    for (const subject of refused.publish) expect(heard).not.toContain(subject);
    expect(await streamsAndConsumers()).toEqual(before);
  });

  it.each(consumers)(
    '$service fetches and acknowledges events of $source as $durable',
    async ({ source, durable, service }) => {
      const stream = streamName(prefix, source);
      const manager = await jetstreamManager(setup);
      const type = contracts.events.find((event) => contextOf(event.type) === source)?.type ?? '';
      const publisher = await connectAs(source);
      const listener = await connectAs(service);
      try {
        await jetstream(publisher, { checkAPI: false }).publish(eventSubject(prefix, tenant, type), '{}');
        const consumer = await jetstream(listener, { checkAPI: false }).consumers.get(stream, durable);
        const floor = (await manager.consumers.info(stream, durable)).ack_floor.consumer_seq;
        const message = await consumer.next({ expires: 5_000 });
        expect(message?.subject).toMatch(`${prefix}.${source}.`);
        message?.ack();
        await eventually(async () => (await manager.consumers.info(stream, durable)).ack_floor.consumer_seq > floor, {
          what: `${stream}/${durable} having its event acknowledged`,
        });
      } finally {
        await Promise.all([publisher.close(), listener.close()]);
      }
    },
  );

  it('every subject of ours is described in asyncapi.yaml', () => {
    const file = new URL('../../../contracts/asyncapi.yaml', import.meta.url);
    const { channels } = parse(readFileSync(file, 'utf8')) as { channels: Record<string, { address: string }> };
    const described = Object.values(channels).map(
      ({ address }) => new RegExp(`^${address.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^.]+')}$`),
    );
    const seen = [...everHeard].filter((subject) => isOurs(subject) && !subject.startsWith(inboxPrefix('setup')));
    expect(seen.length).toBeGreaterThan(contracts.events.length + contracts.operations.length);
    // A client's own inbox has one token more than the test's.
    const inboxes = seen.map((subject) => subject.replace(/^(_INBOX\.\w+\.).+$/, '$1x'));
    expect(inboxes.filter((subject) => !described.some((address) => address.test(subject)))).toEqual([]);
  });
});
