/** What waits to be written to one slow or fast reader. */
export class Outbox<T> {
  readonly #waiting: T[] = [];
  #wake: (() => void) | undefined;
  #closed = false;

  constructor(private readonly capacity: number) {}

  get closed(): boolean {
    return this.#closed;
  }

  /** False when the reader is too slow: it is cut off and may come back with its last position. */
  put(item: T): boolean {
    if (this.#closed || this.#waiting.length >= this.capacity) return false;
    this.#waiting.push(item);
    this.#wake?.();
    return true;
  }

  /** The next one; undefined after `idleMs` without any, or when closed. */
  async next(idleMs: number): Promise<T | undefined> {
    if (this.#waiting.length === 0 && !this.#closed) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, idleMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = undefined;
    }
    return this.#waiting.shift();
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }
}
