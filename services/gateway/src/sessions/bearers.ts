import { createHash } from 'node:crypto';
import { BearerRefused, type OidcVerifier } from '@eaf/auth';
import type { Calls } from '@eaf/messaging';
import { Problem } from '../problems/problem.js';
import { ShortMemory } from '../short-memory.js';
import { notSignedIn } from './authentication.js';
import { type Identified, identify } from './open-session.js';

/** Machines, and people's own programs: a JWT of the identity provider at every call. What it says is kept for five seconds. */
export class Bearers {
  readonly #known: ShortMemory<Identified>;

  constructor(
    private readonly verifier: OidcVerifier,
    private readonly calls: Pick<Calls, 'askAsService'>,
    now?: () => number,
  ) {
    this.#known = new ShortMemory(5_000, 5_000, now);
  }

  /** @throws Problem `not-signed-in`, or `service-away` when the provider's keys cannot be had */
  identify(token: string, correlationId: string): Promise<Identified> {
    return this.#known.get(createHash('sha256').update(token).digest('base64url'), async () => {
      const person = await this.verifier.verify(token).catch((cause: unknown) => {
        throw cause instanceof BearerRefused ? notSignedIn(cause) : new Problem('service-away', { cause });
      });
      return identify(this.calls, person, { correlationId, signIn: false });
    });
  }
}
