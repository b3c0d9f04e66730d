import { decrypt, encrypt } from '@eaf/secrets';

/** The key seals nothing else, so there is no place to tell apart. */
const noOtherPlace = '';

/**
 * Keeps a sign-in that has begun in the browser itself, encrypted and authenticated (AES-256-GCM), so that strangers who
 * only open the sign-in page leave nothing behind on the server.
 */
export class SealedCookie {
  constructor(
    /** 32 bytes, the same in every replica, for this purpose alone. */
    private readonly key: Uint8Array,
    private readonly now: () => number = Date.now,
  ) {}

  seal(value: object, lifetimeMs: number): string {
    const text = JSON.stringify({ value, until: this.now() + lifetimeMs });
    return encrypt(this.key, Buffer.from(text), noOtherPlace).toString('base64url');
  }

  /** Undefined when it is not ours, was changed or is too old. */
  open(sealed: string): unknown {
    try {
      const text = decrypt(this.key, Buffer.from(sealed, 'base64url'), noOtherPlace).toString();
      const { value, until } = JSON.parse(text) as { value: unknown; until: number };
      return until > this.now() ? value : undefined;
    } catch {
      return undefined;
    }
  }
}
