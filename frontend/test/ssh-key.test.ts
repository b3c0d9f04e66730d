import { submitRequest } from '@dvmm/contracts';
import { isPublicKey } from '@dvmm/contracts/ssh-key';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../src/words/ssh-key';

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ/wMQt3ZBq58aOC5LY7AbtuA1S5DIsMJvyYd36bq4EA';

describe('a public key', () => {
  const cases: [string, boolean][] = [
    [key, true],
    [`${key} erika@laptop`, true],
    ['ssh-ed25519', false],
    ['kein Schlüssel', false],
    [`${key}\n${key}`, false],
    ['', false],
    ['ssh-rsa kaputt', false],
    [key.replace('ssh-ed25519', 'ssh-rsa'), false],
    [key.slice(0, -4), false],
    [`${key}AAAA`, false],
  ];
  it.each(cases)('%j is one: %j', (text, is) => {
    expect(isPublicKey(text)).toBe(is);
    expect(submitRequest.input.shape.sshPublicKey.safeParse(text).success).toBe(is);
  });

  it('has the fingerprint that ssh-keygen prints', async () => {
    expect(await fingerprintOf(key)).toBe('SHA256:FgzvJiT9uND0zTiFn7ovXNY+uQmEXKswoCfNf5eU5Nw');
  });

  it('has none when it cannot be read', async () => {
    expect(await fingerprintOf('ssh-ed25519 %%%')).toBeNull();
  });
});
