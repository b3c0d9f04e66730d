import { setTimeout as pause } from 'node:timers/promises';

const SILENT_MS = 2_000;
const PROBE_LIMIT_MS = 3_000;
/** A timer that comes later than this says that we stood still ourselves, which is no sign of vCenter's. */
const LATE_MS = 500;

/**
 * Notices a vCenter that has frozen before the deadline of a call does. It takes connections and answers nothing, so a
 * call that is slow and one that is lost look alike. After two silent seconds it is asked something that costs it
 * nothing; only when that stays without an answer too, and nothing else has been answered meanwhile, is it away.
 */
export class Silence {
  #heardAt = 0;
  #probe: Promise<boolean> | undefined;

  /** @param ask sends one small question; ends, with or without an error, when an answer has come */
  constructor(private readonly ask: (signal: AbortSignal) => Promise<void>) {}

  /** @param call given `signal`, which is also aborted, as by a timeout, when vCenter has frozen */
  async during<T>(signal: AbortSignal, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const frozen = new AbortController();
    const over = new AbortController();
    void this.#watch(frozen, over.signal);
    try {
      return await call(AbortSignal.any([signal, frozen.signal]));
    } finally {
      over.abort();
      if (!frozen.signal.aborted && !signal.aborted) this.#heardAt = performance.now();
    }
  }

  async #watch(frozen: AbortController, over: AbortSignal): Promise<void> {
    let silentMs = SILENT_MS;
    while (!over.aborted) {
      const from = performance.now();
      await pause(silentMs, undefined, { signal: over, ref: false }).catch(() => undefined);
      if (over.aborted) return;
      if (performance.now() - from > silentMs + LATE_MS || this.#heardAt > from) continue;
      const isThere = await this.#isThere();
      // A long poll may be silent for a minute: it is asked about ever more seldom.
      if (isThere) silentMs *= 2;
      if (isThere || this.#heardAt > from || over.aborted) continue;
      frozen.abort(new DOMException('vCenter has answered nothing for seconds', 'TimeoutError'));
      return;
    }
  }

  /** One question for all calls that wait. An answer that we came too late to see counts as one. */
  #isThere(): Promise<boolean> {
    this.#probe ??= this.#askOnce().finally(() => {
      this.#probe = undefined;
    });
    return this.#probe;
  }

  async #askOnce(): Promise<boolean> {
    const from = performance.now();
    const limit = AbortSignal.timeout(PROBE_LIMIT_MS);
    await this.ask(limit).catch(() => undefined);
    const isThere = !limit.aborted || performance.now() - from > PROBE_LIMIT_MS + LATE_MS;
    if (isThere) this.#heardAt = performance.now();
    return isThere;
  }
}
