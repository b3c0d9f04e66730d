import { setTimeout as pause } from 'node:timers/promises';
import type { Measured } from '../peer.js';
import { quantile } from '../verdict.js';
import { inParallel } from './in-parallel.js';

const betweenMs = 5;
const burstWriters = 8;
const burstPerWriter = 50;

/** Times from before a write until its handler is called, and proof that none is lost or handled twice. */
export class Latency {
  readonly #began = new Map<number, number>();
  readonly #took = new Map<number, number>();
  readonly #arrived = new Map<number, () => void>();
  #next = 0;
  #doubled = 0;

  /** For the handler. */
  heard(n: number): void {
    if (this.#took.has(n)) this.#doubled += 1;
    this.#took.set(n, performance.now() - (this.#began.get(n) ?? Number.NaN));
    this.#arrived.get(n)?.();
  }

  /** First one write at a time, 5 ms after the last was handled, which is what is timed; then eight writers at once, which is what must lose nothing. */
  async measure(count: number, write: (n: number) => Promise<unknown>): Promise<Measured> {
    const first = this.#next;
    const one = async () => {
      const n = this.#next++;
      const arrived = new Promise<void>((resolve) => this.#arrived.set(n, resolve));
      this.#began.set(n, performance.now());
      await write(n);
      await Promise.race([
        arrived,
        pause(10_000, undefined, { ref: false }).then(() => {
          throw new Error(`event ${n} was lost: it was not handled within 10 s`);
        }),
      ]);
    };
    for (let done = 0; done < count; done += 1) {
      await one();
      // What the one before still has to flush must not be timed with the next one.
      await pause(betweenMs);
    }
    const timed = Array.from({ length: count }, (_, index) => this.#took.get(first + index) ?? Number.NaN);
    await inParallel(burstWriters * burstPerWriter, burstWriters, one);
    if (this.#doubled > 0) throw new Error(`${this.#doubled} events were handled twice`);
    return { p50Ms: quantile(timed, 0.5), p99Ms: quantile(timed, 0.99) };
  }
}
