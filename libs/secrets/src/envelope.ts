import { randomBytes } from 'node:crypto';
import { decrypt, encrypt } from './aes-gcm.js';
import type { KeyEncryptionKey } from './key-encryption-key.js';

/** The secret cannot be opened: another key, another place, or changed bytes. Says nothing of its content. */
export class SecretUnreadable extends Error {
  override readonly name = 'SecretUnreadable';
}

/** @param owner what the key belongs to, such as a tenant and person; needed again to open */
export async function newDataKey(kek: KeyEncryptionKey, owner: string): Promise<string> {
  return kek.wrap(randomBytes(32), owner);
}

/**
 * @param wrappedKey from {@link newDataKey} for the same `owner`
 * @param place      where the secret will stand, such as table and record; needed again to open
 * @returns base64url
 */
export async function sealWith(
  kek: KeyEncryptionKey,
  wrappedKey: string,
  owner: string,
  plaintext: string,
  place: string,
): Promise<string> {
  const key = await kek.unwrap(wrappedKey, owner);
  return encrypt(key, Buffer.from(plaintext), `${owner}|${place}`).toString('base64url');
}

/** @throws SecretUnreadable */
export async function openWith(
  kek: KeyEncryptionKey,
  wrappedKey: string,
  owner: string,
  sealed: string,
  place: string,
): Promise<string> {
  try {
    const key = await kek.unwrap(wrappedKey, owner);
    return decrypt(key, Buffer.from(sealed, 'base64url'), `${owner}|${place}`).toString();
  } catch (error) {
    throw new SecretUnreadable('The secret could not be opened.', { cause: error });
  }
}
