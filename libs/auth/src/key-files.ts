import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const publicSuffix = '.public.pem';

/** Ed25519 key pairs for services that have none yet: `<service>.private.pem` (0600) and `<service>.public.pem`. */
export function createKeyPairFiles(
  privateDirectory: string,
  publicDirectory: string,
  services: readonly string[],
): void {
  mkdirSync(privateDirectory, { recursive: true, mode: 0o700 });
  mkdirSync(publicDirectory, { recursive: true });
  for (const service of services) {
    const privateFile = join(privateDirectory, `${service}.private.pem`);
    if (!existsSync(privateFile)) {
      const { privateKey } = generateKeyPairSync('ed25519');
      writeFileSync(privateFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    }
    // From the private half each time, so that a set-up step that was killed between the two is made good.
    const publicKey = createPublicKey(readFileSync(privateFile));
    writeFileSync(
      join(publicDirectory, `${service}${publicSuffix}`),
      publicKey.export({ type: 'spki', format: 'pem' }),
    );
  }
}

export function loadPrivateKey(file: string): KeyObject {
  return createPrivateKey(readFileSync(file));
}

/** By service, from every `<service>.public.pem` in the folder. */
export function loadPublicKeys(directory: string): Map<string, KeyObject> {
  const files = readdirSync(directory).filter((file) => file.endsWith(publicSuffix));
  return new Map(
    files.map((file) => [file.slice(0, -publicSuffix.length), createPublicKey(readFileSync(join(directory, file)))]),
  );
}
