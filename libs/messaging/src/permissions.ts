import { type Contracts, contextOf } from './contract.js';
import { operatorUser } from './parked.js';
import {
  contextSubjects,
  durableName,
  inboxPrefix,
  liveSubject,
  operationSubject,
  streamName,
  wakeSubject,
} from './subjects.js';

/** A durable consumer that must exist: on the whole stream of a context, for one service and purpose. */
export interface DurableConsumer {
  readonly source: string;
  readonly service: string;
  readonly durable: string;
  readonly purpose?: string;
}

export function contextsOf(contracts: Contracts): string[] {
  return [
    ...new Set([
      ...contracts.events.map(({ type }) => contextOf(type)),
      ...contracts.operations.map(({ name }) => contextOf(name)),
    ]),
  ];
}

/** Every consumer that the contracts ask for. */
export function consumersOf(contracts: Contracts): DurableConsumer[] {
  const pairs = new Map<string, DurableConsumer>();
  for (const { type, heardBy } of contracts.events) {
    for (const service of heardBy) {
      const source = contextOf(type);
      pairs.set(`${source}/${service}`, { source, service, durable: durableName(service) });
    }
  }
  const everything = contracts.hearsAll.flatMap(({ service, purpose }) =>
    contextsOf(contracts).map((source) => ({ source, service, purpose, durable: durableName(service, purpose) })),
  );
  return [...pairs.values(), ...everything];
}

export interface NatsPermissions {
  readonly publish: string[];
  readonly subscribe: string[];
}

/**
 * What one service may do on the broker, and nothing else: publish its own events, ask the operations that list it,
 * fetch and acknowledge its own consumers, answer into its callers' inboxes.
 */
export function permissionsOf(contracts: Contracts, service: string): NatsPermissions {
  const { prefix } = contracts;
  const own = contracts.operations.filter(({ name }) => contextOf(name) === service);
  const callers = new Set([...own.flatMap(({ callers }) => callers), operatorUser]);
  const consumers = consumersOf(contracts).filter((consumer) => consumer.service === service);
  const answers = own.length > 0 ? [...callers].map((caller) => `${inboxPrefix(caller)}.>`) : [];
  const publishes = contracts.events.some(({ type }) => contextOf(type) === service);
  return {
    publish: [
      ...(publishes
        ? [
            contextSubjects(prefix, service),
            liveSubject(prefix, service, '*'),
            wakeSubject(prefix, service),
            // Its relay asks whether this is still the stream it has filled.
            `$JS.API.STREAM.INFO.${streamName(prefix, service)}`,
          ]
        : []),
      ...contracts.operations
        .filter(({ callers }) => callers.includes(service))
        .map(({ name }) => operationSubject(prefix, name)),
      ...consumers.flatMap(({ source, durable }) => {
        const stream = streamName(prefix, source);
        return [
          `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
          `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
          `$JS.ACK.${stream}.${durable}.>`,
        ];
      }),
      ...answers,
    ],
    subscribe: [
      `${inboxPrefix(service)}.>`,
      ...(publishes ? [wakeSubject(prefix, service)] : []),
      ...own.map(({ name }) => operationSubject(prefix, name)),
      ...(own.length > 0 ? ['$SRV.>'] : []),
    ],
  };
}
