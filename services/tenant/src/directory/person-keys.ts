import { FileKek, type KeyEncryptionKey, newDataKey, openWith, SecretUnreadable, sealWith } from '@eaf/secrets';
import { Injectable } from '@nestjs/common';
import { Settings } from '../settings.js';

const place = 'personal text';

/** Seals and opens what people write. A person's key is in the directory, wrapped; destroyed with her row, her texts are gone. */
@Injectable()
export class PersonKeys {
  readonly #kek: KeyEncryptionKey;

  constructor(settings: Settings) {
    this.#kek = new FileKek(settings.kekFile);
  }

  async newKey(tenant: string, personId: string): Promise<string> {
    return newDataKey(this.#kek, ownerOf(tenant, personId));
  }

  /** @returns `sealed:<person>:<ciphertext>` */
  async seal(tenant: string, personId: string, wrappedKey: string, text: string): Promise<string> {
    return `sealed:${personId}:${await sealWith(this.#kek, wrappedKey, ownerOf(tenant, personId), text, place)}`;
  }

  /** @returns null when the text cannot be opened, as after an erasure */
  async open(tenant: string, personId: string, wrappedKey: string, sealed: string): Promise<string | null> {
    const ciphertext = sealed.split(':')[2] ?? '';
    return openWith(this.#kek, wrappedKey, ownerOf(tenant, personId), ciphertext, place).catch((error: unknown) => {
      if (error instanceof SecretUnreadable) return null;
      throw error;
    });
  }
}

/** Who wrote a sealed text. */
export function writerOf(sealed: string): string | undefined {
  return /^sealed:([0-9a-f-]{36}):/.exec(sealed)?.[1];
}

function ownerOf(tenant: string, personId: string): string {
  return `${tenant}/${personId}`;
}
