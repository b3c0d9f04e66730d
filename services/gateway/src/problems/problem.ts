import type { RefusalCode } from '@dvmm/contracts';

export interface InputError {
  /** JSON pointer into what was sent, path and query included. */
  readonly pointer: string;
  readonly detail: string;
}

/** Ends a call with an RFC 9457 problem document. Its words come from the catalogue of refusals in `contracts`. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly about: Readonly<Record<string, unknown>>;
  readonly errors: readonly InputError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: RefusalCode,
    more: {
      /** The refusal's detail: fills the words, and goes along for programs. */
      about?: Readonly<Record<string, unknown>>;
      errors?: readonly InputError[];
      headers?: Readonly<Record<string, string>>;
      cause?: unknown;
    } = {},
  ) {
    super(code, { cause: more.cause });
    this.about = more.about ?? {};
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }
}
