import { eventSubject, toEnvelope } from '@eaf/messaging';
import type { Contracts, EventDefinition, Recorded } from '@eaf/messaging/contract';
import type { JetStreamClient } from '@nats-io/jetstream';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';

export interface Telling {
  readonly tenant: string;
  /** `<category>:<id>`; versions count up by themselves. */
  readonly stream: string;
  /** Default: the event's service itself. */
  readonly actorId?: string;
  /** When it happened and was stored. Default: now. */
  readonly at?: Date;
}

/** Events of the peers, as their relays would publish them. */
export class ToldEvents {
  readonly #versions = new Map<string, number>();

  constructor(
    private readonly jetstream: JetStreamClient,
    private readonly contracts: Contracts,
  ) {}

  /** @throws ZodError when the data is outside the contract; nothing is published */
  async tell<D extends EventDefinition>(
    definition: D,
    data: z.input<D['data']>,
    { tenant, stream, actorId, at = new Date() }: Telling,
  ): Promise<Recorded> {
    const key = `${tenant}/${stream}`;
    const version = (this.#versions.get(key) ?? 0) + 1;
    this.#versions.set(key, version);
    const context = definition.type.slice(0, definition.type.indexOf('.'));
    const recorded = {
      id: uuidv7(),
      type: definition.type,
      typeVersion: definition.version,
      data: definition.data.parse(data),
      tenant,
      stream,
      version,
      actorId: actorId ?? `system:${context}`,
      correlationId: uuidv7(),
      causationId: null,
      traceparent: null,
      time: at,
      recordedAt: at,
    };
    await this.publish(recorded, recorded.id);
    return recorded;
  }

  /** Once more, past the broker's own memory of message ids: as after a restored broker, or a relay long asleep. */
  async tellAgain(recorded: Recorded): Promise<void> {
    await this.publish(recorded, uuidv7());
  }

  private async publish(recorded: Recorded, msgID: string): Promise<void> {
    const { prefix } = this.contracts;
    const bytes = new TextEncoder().encode(JSON.stringify(toEnvelope(prefix, recorded)));
    await this.jetstream.publish(eventSubject(prefix, recorded.tenant, recorded.type), bytes, { msgID });
  }
}
