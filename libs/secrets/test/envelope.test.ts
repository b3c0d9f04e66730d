import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKekFile, FileKek, newDataKey, openWith, SecretUnreadable, sealWith } from '../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'eaf-secrets-'));
const file = join(folder, 'kek.json');
const owner = 'tenant-1';
const place = 'vcenter/42';
const secret = 'Grüße, p4ssw0rd';
let kek: FileKek;
let wrapped: string;
let sealed: string;

beforeAll(async () => {
  createKekFile(file);
  kek = new FileKek(file);
  wrapped = await newDataKey(kek, owner);
  sealed = await sealWith(kek, wrapped, owner, secret, place);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a sealed secret', () => {
  it('opens for its owner at its place', async () => {
    expect(await openWith(kek, wrapped, owner, sealed, place)).toBe(secret);
  });

  it('looks different each time it is sealed', async () => {
    expect(await sealWith(kek, wrapped, owner, secret, place)).not.toBe(sealed);
  });

  const flipped = () => {
    const bytes = Buffer.from(sealed, 'base64url');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    return bytes.toString('base64url');
  };
  const refusals: [string, () => Promise<string>][] = [
    ['for another owner', () => openWith(kek, wrapped, 'tenant-2', sealed, place)],
    ['at another place', () => openWith(kek, wrapped, owner, sealed, 'vcenter/43')],
    ['with another data key', async () => openWith(kek, await newDataKey(kek, owner), owner, sealed, place)],
    ['with one bit changed', () => openWith(kek, wrapped, owner, flipped(), place)],
    ['when it was cut', () => openWith(kek, wrapped, owner, sealed.slice(0, -4), place)],
    ['when nothing is left of it', () => openWith(kek, wrapped, owner, '', place)],
    ['once its data key is destroyed', () => openWith(kek, '', owner, sealed, place)],
  ];
  it.each(refusals)('does not open %s', async (_, open) => {
    const refused = await open().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(SecretUnreadable);
    expect(String(refused)).not.toContain('p4ssw0rd');
  });
});

describe('the key-encryption key', () => {
  it("is its owner's alone to read, and made once", () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = readFileSync(file, 'utf8');
    createKekFile(file);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('rotates: what is old stays readable, what is new needs the new one', async () => {
    const content = JSON.parse(readFileSync(file, 'utf8')) as { current: string; keys: Record<string, string> };
    const rotatedFile = join(folder, 'rotated.json');
    const keys = { ...content.keys, k2: randomBytes(32).toString('base64') };
    writeFileSync(rotatedFile, JSON.stringify({ current: 'k2', keys }));
    const rotated = new FileKek(rotatedFile);
    expect(await openWith(rotated, wrapped, owner, sealed, place)).toBe(secret);
    const fresh = await newDataKey(rotated, owner);
    const again = await sealWith(rotated, fresh, owner, secret, place);
    await expect(openWith(kek, fresh, owner, again, place)).rejects.toThrow(SecretUnreadable);
  });
});
