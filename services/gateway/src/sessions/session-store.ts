import { createHash, randomBytes } from 'node:crypto';
import { jetstream } from '@nats-io/jetstream';
import { type KV, Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';

export const idleLimitMs = 30 * 60_000;
const putAgainAfterMs = 60_000;
const sessionsPerPerson = 20;

const membership = z.object({ tenantId: z.string(), slug: z.string(), name: z.string() });
const session = z.object({
  personId: z.string(),
  /** The tenant she works in at the moment. */
  tenantId: z.string(),
  memberships: z.array(membership),
  seenAt: z.number(),
});
export type Session = z.output<typeof session>;

/**
 * Browsers' sessions in NATS KV, so that every replica knows them and one can be ended. The key is a hash of the
 * cookie: whoever reads the bucket cannot take a session over. No token of the identity provider is kept.
 */
export class SessionStore {
  constructor(
    private readonly bucket: KV,
    private readonly now: () => number = Date.now,
  ) {}

  /** Binds only: the bucket is made by the set-up, with a ttl of the idle limit. */
  static async open(connection: NatsConnection, now?: () => number): Promise<SessionStore> {
    const kvm = new Kvm(jetstream(connection, { checkAPI: false }));
    return new SessionStore(await kvm.open('sessions', { allow_direct: true }), now);
  }

  /** Gives the cookie's value: 256 random bits. */
  async begin(started: Omit<Session, 'seenAt'>): Promise<string> {
    const cookie = randomBytes(32).toString('base64url');
    await this.#put(cookie, { ...started, seenAt: this.now() });
    return cookie;
  }

  async find(cookie: string): Promise<Session | undefined> {
    const entry = await this.bucket.get(keyOf(cookie));
    if (entry?.operation !== 'PUT') return undefined;
    const found = session.safeParse(entry.json());
    if (!found.success || this.now() - found.data.seenAt > idleLimitMs) return undefined;
    return found.data;
  }

  /** Says that the person is there. Stored at most once a minute. */
  async keepAwake(cookie: string, found: Session): Promise<void> {
    const at = this.now();
    if (at - found.seenAt >= putAgainAfterMs) await this.#change(cookie, { seenAt: at });
  }

  async moveTo(cookie: string, tenantId: string): Promise<void> {
    await this.#change(cookie, { tenantId, seenAt: this.now() });
  }

  /** A session that was ended meanwhile, here or elsewhere, stays ended. */
  async #change(cookie: string, change: Partial<Session>): Promise<void> {
    const key = keyOf(cookie);
    for (let attempt = 1; ; attempt++) {
      const entry = await this.bucket.get(key);
      if (entry?.operation !== 'PUT') return;
      try {
        const value = JSON.stringify({ ...session.parse(entry.json()), ...change });
        await this.bucket.put(key, value, { previousSeq: entry.revision });
        return;
      } catch (error) {
        if (attempt === 5) throw error; // Another call of the same browser came between, or the session's end.
      }
    }
  }

  async end(cookie: string): Promise<void> {
    await this.bucket.purge(keyOf(cookie));
  }

  async endAllOf(personId: string): Promise<void> {
    const { keys } = await this.#sessionsOf(personId);
    await Promise.all([...keys, personKey(personId)].map((key) => this.bucket.purge(key)));
  }

  async #put(cookie: string, value: Session): Promise<void> {
    const key = keyOf(cookie);
    await this.#noteForPerson(value.personId, key);
    await this.bucket.put(key, JSON.stringify(value));
  }

  /** Noted before the session exists, so that ending all of a person's sessions never misses one. */
  async #noteForPerson(personId: string, key: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const { keys, revision } = await this.#sessionsOf(personId);
      const newest = [key, ...keys.filter((other) => other !== key)].slice(0, sessionsPerPerson);
      try {
        await this.bucket.put(personKey(personId), JSON.stringify(newest), { previousSeq: revision });
        return;
      } catch (error) {
        if (attempt === 5) throw error; // Another sign-in of the same person came between.
      }
    }
  }

  async #sessionsOf(personId: string): Promise<{ keys: string[]; revision: number }> {
    const entry = await this.bucket.get(personKey(personId));
    const keys = entry?.operation === 'PUT' ? z.array(z.string()).safeParse(entry.json()) : undefined;
    return { keys: keys?.data ?? [], revision: entry?.revision ?? 0 };
  }
}

function keyOf(cookie: string): string {
  return `session.${createHash('sha256').update(cookie).digest('base64url')}`;
}

function personKey(personId: string): string {
  return `person.${personId}`;
}
