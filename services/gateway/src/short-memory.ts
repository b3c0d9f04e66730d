interface Remembered<V> {
  readonly value: Promise<V>;
  readonly until: number;
}

/** Keeps answers for a short while, so that a burst asks once. An answer's age counts from when it was asked for. */
export class ShortMemory<V> {
  readonly #remembered = new Map<string, Remembered<V>>();

  constructor(
    private readonly ageMs: number,
    private readonly maxEntries: number,
    private readonly now: () => number = Date.now,
  ) {}

  get(key: string, ask: () => Promise<V>): Promise<V> {
    const known = this.peek(key);
    if (known) return known;
    const value = ask();
    this.put(key, value);
    value.catch(() => {
      // A failure is not an answer: the next caller asks again.
      if (this.#remembered.get(key)?.value === value) this.#remembered.delete(key);
    });
    return value;
  }

  peek(key: string): Promise<V> | undefined {
    const known = this.#remembered.get(key);
    if (!known) return undefined;
    if (known.until > this.now()) return known.value;
    this.#remembered.delete(key);
    return undefined;
  }

  put(key: string, value: Promise<V>): void {
    this.#remembered.delete(key);
    this.#remembered.set(key, { value, until: this.now() + this.ageMs });
    // A Map keeps the order of insertion: the first is the oldest.
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > this.maxEntries && oldest !== undefined) this.#remembered.delete(oldest);
  }
}
