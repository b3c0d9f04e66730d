import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Keeps a sign-in that has begun in the browser itself, encrypted and authenticated (AES-256-GCM), so that strangers who
 * only open the sign-in page leave nothing behind on the server.
 */
export class SealedCookie {
  constructor(
    /** 32 bytes, the same in every replica. */
    private readonly key: Uint8Array,
    private readonly now: () => number = Date.now,
  ) {}

  seal(value: object, lifetimeMs: number): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv);
    const text = JSON.stringify({ value, until: this.now() + lifetimeMs });
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  }

  /** Undefined when it is not ours, was changed or is too old. */
  open(sealed: string): unknown {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < 28) return undefined;
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(-16));
      const text = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
      const { value, until } = JSON.parse(text) as { value: unknown; until: number };
      return until > this.now() ? value : undefined;
    } catch {
      return undefined;
    }
  }
}
