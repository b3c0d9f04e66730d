import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { z } from 'zod';
import { jsonOf } from '../json-of.js';
import { HintRing, type NumberedHint } from './hint-ring.js';
import { JoinHints } from './join-hints.js';

const message = z.object({
  audience: z.array(z.string()),
  kind: z.string(),
  id: z.string(),
});

export type Listener = (hint: NumberedHint) => void;

/** Hears every service's hints once, for all browsers of this replica. */
export class LiveHub {
  readonly #ring = new HintRing();
  readonly #listeners = new Set<Listener>();
  readonly #join: JoinHints;
  readonly #subscription: Subscription;

  constructor(connection: NatsConnection, prefix: string, windowMs?: number) {
    this.#join = new JoinHints((hint) => {
      const numbered = this.#ring.add(hint);
      for (const listener of this.#listeners) listener(numbered);
    }, windowMs);
    this.#subscription = connection.subscribe(`${prefix}.live.>`, {
      callback: (error, received) => {
        const hint = error ? undefined : message.safeParse(jsonOf(received.data));
        // `<prefix>.live.<context>.<tenant>`: the broker lets each service publish under its own context only.
        const tenant = received.subject.split('.').at(-1);
        if (hint?.success && tenant) this.#join.take({ ...hint.data, tenant });
      },
    });
  }

  get listening(): number {
    return this.#listeners.size;
  }

  get position(): string {
    return this.#ring.position;
  }

  /** What was missed since a position (undefined: nobody knows) and, from then on, every hint: nothing falls between. */
  listen(since: string | undefined, listener: Listener): { missed: NumberedHint[] | undefined; stop: () => void } {
    const missed = since === undefined ? [] : this.#ring.since(since);
    this.#listeners.add(listener);
    return { missed, stop: () => void this.#listeners.delete(listener) };
  }

  stop(): void {
    this.#subscription.unsubscribe();
    this.#join.stop();
  }
}
