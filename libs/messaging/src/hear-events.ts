import { inSpan, SpanKind } from '@eaf/observability';
import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { z } from 'zod';
import { OutOfOrder, type Reaction, type Recorded, reasonOf } from './contract.js';
import { eventSubject, fromEnvelope, tenantOf } from './envelope.js';

export type EventHandler = (event: Recorded, reaction: Reaction, bytes: Uint8Array) => Promise<void>;

/** Where a message stands that was given up on; of one that cannot be read, its place in the broker. */
export interface ParkedAt {
  readonly consumer: string;
  readonly event: Pick<Recorded, 'tenant' | 'stream' | 'version'>;
}

/** What a consumer keeps in the service's own database. */
export interface ConsumerJournal {
  /** Notes an event that needs no handling, so that the next one of its stream may be handled. */
  skip(reaction: Reaction): Promise<void>;
  /** Parks the event behind an earlier one of its stream. False: none is parked, and nothing was done. */
  parkBehind(reaction: Reaction, bytes: Uint8Array): Promise<boolean>;
  park(at: ParkedAt, bytes: Uint8Array, reason: string): Promise<void>;
}

export interface Hearing {
  readonly prefix: string;
  readonly consumer: string;
  readonly journal: ConsumerJournal;
  readonly handlerOf: (event: Recorded) => EventHandler | undefined;
  onFault(event: Recorded | undefined, error: unknown): void;
}

const maxTries = 8;
const outOfOrderDelayMs = 200;
const maxOutOfOrderDelayMs = 3_000;

/**
 * Delivers a durable consumer's messages: acknowledged after the handler's commit, events of one stream one after
 * another, different streams side by side. What keeps failing is parked with its reason and holds back its own stream only.
 */
export class HeardStream {
  readonly #lastOfStream = new Map<string, Promise<void>>();
  /** By event id. Our own count: the broker's also counts deliveries that only had to wait for an earlier event. */
  readonly #failures = new Map<string, number>();
  #messages: ConsumerMessages | undefined;
  #loop: Promise<void> | undefined;

  constructor(
    private readonly durable: Consumer,
    private readonly hearing: Hearing,
  ) {}

  async start(): Promise<void> {
    this.#messages = await this.durable.consume({ max_messages: 64 });
    this.#loop = this.#run(this.#messages);
  }

  /** Takes no more messages and waits for those under way. */
  async stop(): Promise<void> {
    await this.#messages?.close();
    await this.#loop;
    await Promise.all(this.#lastOfStream.values());
  }

  async #run(messages: ConsumerMessages): Promise<void> {
    for await (const message of messages) {
      const event = await this.#read(message);
      if (!event) continue;
      const stream = `${event.tenant}/${event.stream}`;
      const before = this.#lastOfStream.get(stream) ?? Promise.resolve();
      const handled = before.then(() => this.#handle(event, message));
      this.#lastOfStream.set(stream, handled);
      void handled.then(() => {
        if (this.#lastOfStream.get(stream) === handled) this.#lastOfStream.delete(stream);
      });
    }
  }

  /** Bytes that are no event of ours, or whose subject names another tenant, are parked under their place in the broker. */
  async #read(message: JsMsg): Promise<Recorded | undefined> {
    try {
      const event = fromEnvelope(this.hearing.prefix, message.data);
      if (message.subject !== eventSubject(this.hearing.prefix, event.tenant, event.type)) {
        throw new Error(`Subject ${message.subject} and envelope name different tenants or types.`);
      }
      return event;
    } catch (error) {
      this.hearing.onFault(undefined, error);
      const { consumer, journal } = this.hearing;
      const tenant = tenantOf(message.subject);
      if (!z.uuid().safeParse(tenant).success) {
        message.term('not an event of any tenant'); // Nobody to keep it for; only the stream's owner can publish there.
        return undefined;
      }
      const { stream, streamSequence } = message.info;
      const unreadable = { tenant, stream: `unreadable:${stream}`, version: streamSequence };
      await journal.park({ consumer, event: unreadable }, message.data, reasonOf(error)).then(
        () => message.ack(),
        (again: unknown) => this.hearing.onFault(undefined, again), // The broker delivers it again after its ack wait.
      );
      return undefined;
    }
  }

  async #handle(event: Recorded, message: JsMsg): Promise<void> {
    const reaction: Reaction = { consumer: this.hearing.consumer, event };
    try {
      await handleOnce(reaction, message.data, this.hearing);
      message.ack();
      this.#failures.delete(event.id);
    } catch (error) {
      await this.#failed(reaction, message, error).catch((again: unknown) => {
        this.hearing.onFault(event, again); // Not even parking worked: the broker delivers it again after its ack wait.
      });
    }
  }

  async #failed(reaction: Reaction, message: JsMsg, error: unknown): Promise<void> {
    const { journal } = this.hearing;
    if (error instanceof OutOfOrder) {
      if (await journal.parkBehind(reaction, message.data)) message.ack();
      else message.nak(Math.min(maxOutOfOrderDelayMs, outOfOrderDelayMs * message.info.deliveryCount));
      return;
    }
    this.hearing.onFault(reaction.event, error);
    const failures = (this.#failures.get(reaction.event.id) ?? 0) + 1;
    this.#failures.set(reaction.event.id, failures);
    if (failures >= maxTries) {
      await journal.park(reaction, message.data, reasonOf(error));
      message.ack();
      this.#failures.delete(reaction.event.id);
      return;
    }
    // Whole milliseconds: the broker cannot read a fraction of a nanosecond and would deliver again at once.
    message.nak(Math.round(Math.min(30_000, 100 * 2 ** failures) * (0.8 + Math.random() * 0.4)));
  }
}

/** Runs the event's handler, or notes that there is none. */
export async function handleOnce(
  reaction: Reaction,
  bytes: Uint8Array,
  { handlerOf, journal }: Pick<Hearing, 'handlerOf' | 'journal'>,
): Promise<void> {
  const { event } = reaction;
  const handler = handlerOf(event);
  if (!handler) return journal.skip(reaction);
  const about = {
    name: `hear ${event.type}`,
    kind: SpanKind.CONSUMER,
    attributes: { 'messaging.system': 'nats' },
    traceparent: event.traceparent,
  };
  await inSpan(about, () => handler(event, reaction, bytes));
}
