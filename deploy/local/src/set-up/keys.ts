import { mkdirSync } from 'node:fs';
import { services } from '@dvmm/contracts';
import { createKeyPairFiles } from '@eaf/auth';
import { operatorUser } from '@eaf/messaging/parked';
import { createKekFile } from '@eaf/secrets';
import { inHome } from '../folder.js';

export const privateKeyOf = (service: string) => inHome('keys', `${service}.private.pem`);
export const publicKeys = () => inHome('keys', 'public');
export const kekOf = (service: string) => inHome('keys', `${service}.kek.json`);

/** A key pair for everybody who asks, and a key-encryption key for each service that keeps secrets. */
export function makeKeys(): void {
  mkdirSync(inHome('keys'), { recursive: true, mode: 0o700 });
  createKeyPairFiles(inHome('keys'), publicKeys(), [...services, 'gateway', operatorUser]);
  for (const service of ['tenant', 'provisioning', 'notification']) createKekFile(kekOf(service));
}
