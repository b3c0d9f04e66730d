/**
 * Runs `step` again and again: at once when woken, otherwise after the time the step asks for or the slow poll. Errors
 * are reported and retried, never swallowed.
 */
export class WakeableLoop {
  #stopped = true;
  #woken = false;
  #ring: (() => void) | undefined;
  #running: Promise<void> | undefined;

  constructor(
    private readonly step: () => Promise<number | undefined>,
    private readonly pace: { idleMs: number; retryMs: number; onError: (error: unknown) => void },
  ) {}

  start(): void {
    this.#stopped = false;
    this.#running = this.#run();
  }

  wake(): void {
    this.#woken = true;
    this.#ring?.();
  }

  /** Resolves when the step under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#ring?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#woken = false;
      let waitMs: number;
      try {
        waitMs = (await this.step()) ?? this.pace.idleMs;
      } catch (error) {
        this.pace.onError(error);
        waitMs = this.pace.retryMs;
      }
      if (!this.#woken && !this.#stopped && waitMs > 0) await this.#wait(waitMs);
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      const loop = this;
      function done() {
        clearTimeout(timer);
        loop.#ring = undefined;
        resolve();
      }
      this.#ring = done;
    });
  }
}
