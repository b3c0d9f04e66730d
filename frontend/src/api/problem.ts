/** What the gateway answers instead of success: an RFC 9457 document, in the person's language. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: number,
    /** Stable code of the catalogue in `contracts`; `offline` when nothing answered at all. */
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly { readonly pointer: string; readonly detail: string }[],
    readonly about: Readonly<Record<string, unknown>>,
    /** For whoever asks for help; null when nothing answered. */
    readonly reference: string | null,
  ) {
    super(`${code}: ${title}`);
  }

  /** Asking again may help, without changing anything. */
  get passes(): boolean {
    return this.code === 'offline' || [429, 502, 503, 504].includes(this.status);
  }
}
