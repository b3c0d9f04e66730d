import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { decrypt, encrypt } from './aes-gcm.js';

/** Wraps data keys. The key itself never leaves its provider: a file here, a vault's transit engine elsewhere. */
export interface KeyEncryptionKey {
  /** @returns the wrapped key with the id of what wrapped it, as text */
  wrap(dataKey: Uint8Array, aad: string): Promise<string>;
  /** @throws Error when the wrapping key is unknown, or the place differs */
  unwrap(wrapped: string, aad: string): Promise<Uint8Array>;
}

interface KekFileContent {
  readonly current: string;
  readonly keys: Record<string, string>;
}

/** Makes the file with a first key, mode 0600, unless it is there. */
export function createKekFile(file: string): void {
  if (existsSync(file)) return;
  const content: KekFileContent = { current: 'k1', keys: { k1: randomBytes(32).toString('base64') } };
  writeFileSync(file, JSON.stringify(content, null, 2), { mode: 0o600, flag: 'wx' });
}

/** Keys in a file. Adding one and naming it `current` rotates: old data keys stay readable until they are wrapped anew. */
export class FileKek implements KeyEncryptionKey {
  readonly #content: KekFileContent;

  constructor(file: string) {
    this.#content = JSON.parse(readFileSync(file, 'utf8')) as KekFileContent;
  }

  async wrap(dataKey: Uint8Array, aad: string): Promise<string> {
    const id = this.#content.current;
    return `${id}.${encrypt(this.#key(id), dataKey, `${id}|${aad}`).toString('base64url')}`;
  }

  async unwrap(wrapped: string, aad: string): Promise<Uint8Array> {
    const [id = '', sealed = ''] = wrapped.split('.');
    return decrypt(this.#key(id), Buffer.from(sealed, 'base64url'), `${id}|${aad}`);
  }

  #key(id: string): Buffer {
    const key = this.#content.keys[id];
    if (!key) throw new Error(`There is no key-encryption key ${id}`);
    return Buffer.from(key, 'base64');
  }
}
