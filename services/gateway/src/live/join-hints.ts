import type { Hint } from './hint-ring.js';

/**
 * Passes the first hint on an object at once and joins those of the second after it into one, so that a run with many
 * steps does not make every browser ask again for each.
 */
export class JoinHints {
  /** By object: what came since the last one was passed on. */
  readonly #waiting = new Map<string, Hint | undefined>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly passOn: (hint: Hint) => void,
    private readonly windowMs = 1_000,
  ) {}

  take(hint: Hint): void {
    const object = `${hint.tenant}/${hint.kind}/${hint.id}`;
    if (this.#waiting.has(object)) {
      const earlier = this.#waiting.get(object);
      const audience = [...new Set([...(earlier?.audience ?? []), ...hint.audience])];
      this.#waiting.set(object, { ...hint, audience });
      return;
    }
    this.#open(object, hint);
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #open(object: string, hint: Hint): void {
    this.#waiting.set(object, undefined);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      const joined = this.#waiting.get(object);
      this.#waiting.delete(object);
      if (joined) this.#open(object, joined);
    }, this.windowMs).unref();
    this.#timers.add(timer);
    this.passOn(hint);
  }
}
