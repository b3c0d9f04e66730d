import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { prepareFolder } from './folder.js';

export interface OidcKeys {
  /** Private; the provider publishes their public halves. */
  readonly signing: JWK[];
  /** What sign-in cookies are signed with. */
  readonly cookies: string[];
}

/** Read from the file, or made and kept there. */
export async function oidcKeys(file: string): Promise<OidcKeys> {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as OidcKeys;
  const keys: OidcKeys = {
    signing: await Promise.all([signingKey('RS256'), signingKey('ES256')]),
    cookies: [randomBytes(32).toString('base64url')],
  };
  prepareFolder(dirname(file), 'the OIDC provider');
  writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return keys;
}

async function signingKey(alg: 'RS256' | 'ES256'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: crypto.randomUUID(), use: 'sig', alg };
}
