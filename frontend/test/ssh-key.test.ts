import { submitRequest } from '@dvmm/contracts';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, isPublicKey } from '../src/words/ssh-key';

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ/wMQt3ZBq58aOC5LY7AbtuA1S5DIsMJvyYd36bq4EA';

describe('a public key', () => {
  it.each([key, `${key} erika@laptop`, 'ssh-ed25519', 'kein Schlüssel', `${key}\n${key}`, ''])(
    'is one where the contract says so: %j',
    (text) => {
      expect(isPublicKey(text)).toBe(submitRequest.input.shape.sshPublicKey.safeParse(text).success);
    },
  );

  it('has the fingerprint that ssh-keygen prints', async () => {
    expect(await fingerprintOf(key)).toBe('SHA256:FgzvJiT9uND0zTiFn7ovXNY+uQmEXKswoCfNf5eU5Nw');
  });

  it('has none when it cannot be read', async () => {
    expect(await fingerprintOf('ssh-ed25519 %%%')).toBeNull();
  });
});
