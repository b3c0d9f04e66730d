import type { KeyObject } from 'node:crypto';
import { type JetStreamClient, jetstream } from '@nats-io/jetstream';
import type { Msg, NatsConnection } from '@nats-io/nats-core';
import { type Service, Svcm } from '@nats-io/services';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { type Answering, answerOperation, type OperationHandler, type Seal } from './answer-operation.js';
import { type Contracts, contextOf, type Recorded } from './contract.js';
import { fromEnvelope } from './envelope.js';
import type { HandlerExtras } from './handles.js';
import { type ConsumerJournal, type EventHandler, HeardStream, handleOnce } from './hear-events.js';
import { consumersOf } from './permissions.js';
import { operationSubject, streamName } from './subjects.js';

export interface NatsTransportOptions {
  readonly connection: NatsConnection;
  readonly contracts: Contracts;
  /** The service's context. */
  readonly service: string;
  readonly publicKeys: ReadonlyMap<string, KeyObject>;
  readonly hashKey: Uint8Array;
  readonly journal: ConsumerJournal;
  readonly seal?: Seal | undefined;
  /** Told of everything that failed, once each; must not throw. */
  readonly onFault: (what: string, error: unknown, about?: { tenant?: string; correlationId?: string }) => void;
}

/**
 * NestJS transport for NATS: operations by request/reply under the NATS micro protocol, events by durable JetStream
 * consumers. Both ends of a message are described by the contracts, so handlers carry no subject.
 */
export class NatsTransport extends Server implements CustomTransportStrategy {
  readonly #inFlight = new Set<Promise<void>>();
  readonly #heard: HeardStream[] = [];
  #micro: Service | undefined;

  constructor(private readonly options: NatsTransportOptions) {
    super();
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      this.#requireListedHandlers();
      await this.#answerOperations();
      await this.#hearEvents(jetstream(this.options.connection, { checkAPI: false }));
      callback();
    } catch (error) {
      callback(error);
    }
  }

  /** Takes nothing new, and waits for what is under way. */
  async close(): Promise<void> {
    await this.#micro?.stop();
    await Promise.all(this.#heard.map((stream) => stream.stop()));
    await Promise.all(this.#inFlight);
  }

  /**
   * Handles an event once more that one of this service's consumers had given up on.
   * @throws what the handler throws; then nothing has changed
   */
  async handleAgain(consumer: string, bytes: Uint8Array): Promise<void> {
    const { contracts, service, journal } = this.options;
    const own = consumersOf(contracts).find((one) => one.service === service && one.durable === consumer);
    if (!own) throw new Error(`${service} has no consumer ${consumer}.`);
    const event = fromEnvelope(contracts.prefix, bytes);
    const handlerOf = (heard: Recorded) => this.#handlerOf(heard, own.purpose);
    await handleOnce({ consumer, event }, bytes, { handlerOf, journal });
  }

  override on(): void {
    throw new Error('This transport reports through onFault.');
  }

  override unwrap<T>(): T {
    return this.options.connection as T;
  }

  async #answerOperations(): Promise<void> {
    const { connection, contracts, service, publicKeys, hashKey, seal, onFault } = this.options;
    const answering: Answering = {
      publicKeys,
      hashKey,
      seal,
      onFault: (operation, context, error) => onFault(operation, error, context),
    };
    this.#micro = await new Svcm(connection).add({
      name: `${contracts.prefix}-${service}`,
      version: '1.0.0',
      queue: service,
    });
    for (const operation of contracts.operations.filter(({ name }) => contextOf(name) === service)) {
      const handler = this.getHandlers().get(operation.name);
      if (!handler) throw new Error(`${service} has no handler for its operation ${operation.name}.`);
      const handle: OperationHandler = async (input, context) => lastValue(await handler(input, context));
      this.#micro.addEndpoint(operation.name.replaceAll('.', '_'), {
        subject: operationSubject(contracts.prefix, operation.name),
        handler: (error, message) => {
          if (error) onFault(operation.name, error);
          else this.#track(this.#answer(answerOperation(operation, handle, message, answering), message));
        },
      });
    }
  }

  async #answer(answering: Promise<object>, message: Msg): Promise<void> {
    const answer = new TextEncoder().encode(JSON.stringify(await answering));
    const most = this.options.connection.info?.max_payload ?? answer.length;
    if (answer.length <= most) {
      message.respond(answer);
      return;
    }
    // Else whoever asked would wait for an answer that the broker does not take.
    this.options.onFault('answer', new Error(`An answer of ${answer.length} bytes is more than the broker takes.`));
    const fault = { code: 'internal', message: 'The answer is too large; ask for less at once.' };
    message.respond(JSON.stringify({ fault }));
  }

  /** An event listed and not heard costs a consumer and rights for nobody; one heard and not listed never comes. */
  #requireListedHandlers(): void {
    const { contracts, service } = this.options;
    const listed = new Set([
      ...contracts.events.filter(({ heardBy }) => heardBy.includes(service)).map(({ type }) => type),
      ...contracts.hearsAll.filter((one) => one.service === service).map(({ purpose }) => `*:${purpose}`),
    ]);
    const heard = [...this.getHandlers()]
      .filter(([, { isEventHandler }]) => isEventHandler)
      .map(([pattern]) => pattern);
    for (const pattern of heard) {
      if (!listed.delete(pattern))
        throw new Error(`${service} hears ${pattern}, and the contracts do not list it there.`);
    }
    for (const pattern of listed) throw new Error(`${service} has no handler for ${pattern}, which it is to hear.`);
  }

  async #hearEvents(client: JetStreamClient): Promise<void> {
    const { contracts, service, journal, onFault } = this.options;
    for (const { source, durable, purpose } of consumersOf(contracts).filter(
      (consumer) => consumer.service === service,
    )) {
      const consumer = await client.consumers.get(streamName(contracts.prefix, source), durable);
      const stream = new HeardStream(consumer, {
        prefix: contracts.prefix,
        consumer: durable,
        journal,
        handlerOf: (event) => this.#handlerOf(event, purpose),
        onFault: (event, error) => onFault(event ? `hear ${event.type}` : `hear ${source}`, error, event),
      });
      await stream.start();
      this.#heard.push(stream);
    }
  }

  #handlerOf(event: Recorded, purpose: string | undefined): EventHandler | undefined {
    const handler = this.getHandlers().get(purpose ? `*:${purpose}` : event.type);
    if (!handler) {
      // Passed over is what the contracts know and this service does not hear; the rest waits for a release that knows it.
      if (this.options.contracts.events.some(({ type }) => type === event.type)) return undefined;
      throw new Error(`${event.type} is unknown to this release.`);
    }
    const known = purpose ? undefined : (handler.extras as HandlerExtras & { event: { version: number } }).event;
    if (known && known.version !== event.typeVersion) {
      throw new Error(
        `${event.type} came as version ${event.typeVersion}; this release reads version ${known.version}.`,
      );
    }
    return async (heard, reaction, bytes) => {
      await lastValue(await handler(heard, { ...reaction, bytes }));
    };
  }

  #track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => this.options.onFault('answer', error))
      .finally(() => this.#inFlight.delete(tracked));
    this.#inFlight.add(tracked);
  }
}

/** NestJS wraps a handler's answer into an observable when an interceptor or filter stands between. */
async function lastValue(answer: unknown): Promise<unknown> {
  return isObservable(answer) ? lastValueFrom(answer, { defaultValue: undefined }) : answer;
}
