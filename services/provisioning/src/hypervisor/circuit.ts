import { HypervisorAway } from './faults.js';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Keeps calls from a vCenter that cannot be reached. After each failure to reach it calls are refused for a pause that
 * doubles up to 30 s, with jitter so that replicas do not come back together; then one call may try (half open).
 */
export class Circuit {
  #failures = 0;
  #retryAt = 0;
  #trial = false;

  constructor(
    readonly vcenterId: string,
    /** Milliseconds of a clock that never goes backwards. */
    private readonly now: () => number = () => performance.now(),
    private readonly random: () => number = Math.random,
  ) {}

  /** @throws HypervisorAway while the circuit is open, or half open with its one trial under way */
  async reach<T>(call: () => Promise<T>, isUnreachable: (error: unknown) => boolean): Promise<T> {
    const wait = this.#retryAt - this.now();
    if (wait > 0 || this.#trial) throw this.away(new Error('circuit open'));
    const trial = this.#failures > 0;
    this.#trial = trial;
    try {
      const result = await call();
      this.#close();
      return result;
    } catch (error) {
      if (!isUnreachable(error)) {
        this.#close(); // It answered, be it with a fault.
        throw error;
      }
      this.#open();
      throw this.away(error);
    } finally {
      if (trial) this.#trial = false;
    }
  }

  away(cause: unknown): HypervisorAway {
    const retryAfterMs = Math.max(Math.ceil(this.#retryAt - this.now()), this.#trial ? FIRST_PAUSE_MS : 0);
    return new HypervisorAway(this.vcenterId, retryAfterMs, cause);
  }

  #close(): void {
    this.#failures = 0;
    this.#retryAt = 0;
  }

  #open(): void {
    // Calls that were under way together fail together: they count as one failure.
    if (this.#retryAt > this.now()) return;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.#failures, LONGEST_PAUSE_MS);
    this.#failures += 1;
    this.#retryAt = this.now() + pause * (0.5 + this.random() / 2);
  }
}
