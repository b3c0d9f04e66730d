import { randomUUID } from 'node:crypto';

/** That an object has changed, and who may know; never what has changed. */
export interface Hint {
  readonly tenant: string;
  /** `person:<id>`, `project:<id>`, `role:<role>`. */
  readonly audience: readonly string[];
  readonly kind: string;
  readonly id: string;
}

export interface NumberedHint extends Hint {
  /** Position for `Last-Event-ID`. */
  readonly position: string;
}

/** The last hints in memory. Positions name this process, so another replica's are recognised as unknown. */
export class HintRing {
  readonly #process = randomUUID().slice(0, 8);
  readonly #hints: NumberedHint[] = [];
  #count = 0;

  constructor(private readonly size = 1_000) {}

  get position(): string {
    return `${this.#process}-${this.#count}`;
  }

  add(hint: Hint): NumberedHint {
    this.#count++;
    const numbered = { ...hint, position: this.position };
    this.#hints.push(numbered);
    if (this.#hints.length > this.size) this.#hints.shift();
    return numbered;
  }

  /** All after a position; undefined when it is another process's or no longer covered, and everything must be asked again. */
  since(position: string): NumberedHint[] | undefined {
    const [, from, number] = /^(\w+)-(\d+)$/.exec(position) ?? [];
    const missed = this.#count - Number(number);
    if (from !== this.#process || !(missed >= 0) || missed > this.#hints.length) return undefined;
    return missed === 0 ? [] : this.#hints.slice(-missed);
  }
}
