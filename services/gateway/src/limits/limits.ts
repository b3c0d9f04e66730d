import type { Context } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { GatewayEnv } from '../gateway-env.js';
import { Problem } from '../problems/problem.js';

const windowSeconds = 60;
/** Calls a minute: of a person, and for `strangers` of an address that is not signed in yet. */
const quotas = { writes: 100, reads: 1_000, strangers: 300 } as const;
export type Policy = keyof typeof quotas;

/** Counts of this replica since the last exchange, by `<policy> <key>`. */
export type Deltas = Record<string, number>;

/** Counts calls in memory. What other replicas have counted is added each second. */
export class Limits {
  readonly #counters: Record<Policy, RateLimiterMemory>;
  #untold: Deltas = {};

  constructor(factors: Partial<Record<Policy, number>> = {}) {
    const counter = (policy: Policy) =>
      new RateLimiterMemory({ keyPrefix: policy, points: factors[policy] ?? quotas[policy], duration: windowSeconds });
    this.#counters = { writes: counter('writes'), reads: counter('reads'), strangers: counter('strangers') };
  }

  /**
   * Takes one from the allowance and says in the headers what is left.
   * @throws Problem `rate-limited`
   */
  async take(c: Context<GatewayEnv>, policy: Policy, key: string): Promise<void> {
    const counter = this.#counters[policy];
    const standing = await counter.consume(key).catch((exceeded: unknown) => {
      if (exceeded instanceof RateLimiterRes) return exceeded;
      throw exceeded;
    });
    const seconds = Math.max(1, Math.ceil(standing.msBeforeNext / 1_000));
    const headers = {
      'RateLimit-Policy': `"${policy}";q=${counter.points};w=${windowSeconds}`,
      RateLimit: `"${policy}";r=${Math.max(0, standing.remainingPoints)};t=${seconds}`,
    };
    if (standing.consumedPoints > counter.points) {
      const about = { limit: counter.points, seconds };
      throw new Problem('rate-limited', { about, headers: { ...headers, 'Retry-After': String(seconds) } });
    }
    const name = `${policy} ${key}`;
    this.#untold[name] = (this.#untold[name] ?? 0) + 1;
    for (const [header, value] of Object.entries(headers)) c.header(header, value);
  }

  /** What was counted here since the last time. */
  takeDeltas(): Deltas {
    const deltas = this.#untold;
    this.#untold = {};
    return deltas;
  }

  async addFromElsewhere(deltas: Deltas): Promise<void> {
    for (const [name, count] of Object.entries(deltas)) {
      const space = name.indexOf(' ');
      const counter = Object.entries(this.#counters).find(([policy]) => policy === name.slice(0, space))?.[1];
      await counter?.penalty(name.slice(space + 1), count);
    }
  }
}
