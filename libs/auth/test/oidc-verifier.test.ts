import { createHmac, generateKeyPairSync } from 'node:crypto';
import { eventually } from '@eaf/testing';
import { decodeProtectedHeader, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BearerRefused, OidcVerifier, usualClaims } from '../src/index.js';
import { audience, type ProviderUnderTest, providerUnderTest } from './provider-under-test.js';

let provider: ProviderUnderTest;
let verifier: OidcVerifier;

beforeAll(async () => {
  provider = await providerUnderTest();
  verifier = new OidcVerifier({ issuer: provider.issuer, audience, allowInsecureLoopback: true });
});
afterAll(() => provider.close());

const now = () => Math.floor(Date.now() / 1_000);
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a bearer token', () => {
  it('tells who the provider says she is', async () => {
    expect(await verifier.verify(await provider.accessToken())).toEqual({
      issuer: provider.issuer,
      subject: 'p1',
      name: 'Erika Muster',
      email: 'erika@example.org',
      emailVerified: true,
      locale: 'de',
      groups: ['approvers'],
    });
  });

  it('is read by the mapping of claims, nested ones too', async () => {
    const keycloak = new OidcVerifier({
      issuer: provider.issuer,
      audience,
      allowInsecureLoopback: true,
      claims: { ...usualClaims, name: 'preferred_username', groups: 'realm_access.roles' },
    });
    // Keycloak writes `JWT` into the header and `Bearer` into a claim.
    const token = await provider.signed(
      { typ: 'Bearer', preferred_username: 'emuster', realm_access: { roles: ['approvers', 7] } },
      { typ: 'JWT' },
    );
    expect(await keycloak.verify(token)).toMatchObject({ name: 'emuster', groups: ['approvers'] });
  });

  const signed =
    (changes: JWTPayload, header = {}) =>
    () =>
      provider.signed(changes, header);
  const refusals: [string, () => Promise<string>][] = [
    ['for another audience', signed({ aud: 'https://other.example.org' })],
    ['for no audience', signed({ aud: undefined })],
    ['of another issuer', signed({ iss: 'https://issuer.example.org' })],
    ['of an issuer that only begins alike', () => provider.signed({ iss: `${provider.issuer}/realms/evil` })],
    ['that expired beyond the leeway', signed({ iat: now() - 600, exp: now() - 61 })],
    ['that never expires', signed({ exp: undefined })],
    ['that is not valid yet', signed({ nbf: now() + 120 })],
    ['without the time it was made', signed({ iat: undefined })],
    ['without a subject', signed({ sub: undefined })],
    ['with an empty subject', signed({ sub: '' })],
    ['with a subject that is no text', signed({ sub: 7 as never })],
    ['that is an id token', signed({ typ: 'ID' }, { typ: 'JWT' })],
    ['of no type', signed({}, { typ: undefined })],
    ['of the type of our internal ones', signed({}, { typ: 'actor+jwt' })],
    [
      'with a critical header that nobody knows',
      async () => withHeader(await provider.signed(), { crit: ['x'], x: 1 }),
    ],
    ['of a key the provider does not have', async () => otherKey(await provider.signed(), {})],
    ['of another key under the kid of the provider', async () => otherKey(await provider.signed(), { sameKid: true })],
    ['that brings its own key', async () => otherKey(await provider.signed(), { embedded: true })],
    ['that is not signed', async () => withHeader(await provider.signed(), { alg: 'none' }).replace(/[^.]+$/, '')],
    ['with the public key as a shared secret', async () => hmacSigned(await provider.signed())],
    [
      'whose payload was changed',
      async () => (await provider.signed()).replace(/\.[^.]+\./, `.${encoded({ sub: 'p2' })}.`),
    ],
    ['whose signature was cut', async () => (await provider.signed()).slice(0, -8)],
    ['that is no token', async () => 'hello'],
    ['that is empty', async () => ''],
  ];

  it.each(refusals)('is refused: one %s', async (_, make) => {
    await expect(verifier.verify(await make())).rejects.toThrow(BearerRefused);
  });

  it('is not remembered beyond its end', async () => {
    const lenient = await provider.signed({ iat: now() - 60, exp: now() - 5 });
    await verifier.verify(lenient); // Within the leeway.
    await expect(verifier.verify(lenient)).resolves.toMatchObject({ subject: 'p1' });
    const token = await provider.signed({ exp: now() + 1 });
    await verifier.verify(token);
    await expect(verifier.verify(`${token.slice(0, -8)}AAAAAAAA`)).rejects.toThrow(BearerRefused);
  });

  it('cannot come over http, but for loopback where that was asked for', () => {
    const make = (issuer: string, allowInsecureLoopback?: boolean) => () =>
      new OidcVerifier({ issuer, audience, ...(allowInsecureLoopback ? { allowInsecureLoopback } : {}) });
    expect(make('http://127.0.0.1:1')).toThrow('https');
    expect(make('http://issuer.example.org', true)).toThrow('https');
    expect(make('http://127.0.0.1.example.org', true)).toThrow('https');
    expect(make('https://issuer.example.org')).not.toThrow();
  });
});

describe('the keys of a provider', () => {
  it('rotate without a restart, and the old ones are good no more', async () => {
    const old = await provider.signed({ jti: 'old' });
    await provider.stop();
    await provider.startWithNewKeys();
    const fresh = await provider.signed({ jti: 'fresh' });
    await eventually(() => verifier.verify(fresh), { what: 'a token of the new key being good' });
    await expect(verifier.verify(old)).rejects.toThrow(BearerRefused);
  });

  it('that cannot be had say nothing about a token', async () => {
    const token = await provider.signed();
    const fresh = new OidcVerifier({ issuer: provider.issuer, audience, allowInsecureLoopback: true });
    await provider.stop();
    const error = await fresh.verify(token).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(BearerRefused);
    // Nor when the verifier knew older keys.
    const before = await verifier.verify(await withUnknownKid(token)).catch((error: unknown) => error);
    expect(before).toBeInstanceOf(Error);
    await provider.startWithNewKeys();
    const again = await provider.signed();
    expect(await fresh.verify(again)).toMatchObject({ subject: 'p1' });
  });
});

function withHeader(token: string, changes: object): string {
  const [, payload, signature] = token.split('.');
  return `${encoded({ ...decodeProtectedHeader(token), ...changes })}.${payload}.${signature}`;
}

function hmacSigned(token: string): string {
  const head = `${encoded({ ...decodeProtectedHeader(token), alg: 'HS256' })}.${token.split('.')[1]}`;
  return `${head}.${createHmac('sha256', 'the public key').update(head).digest('base64url')}`;
}

async function otherKey(token: string, how: { sameKid?: boolean; embedded?: boolean }): Promise<string> {
  const own = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const payload = JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString()) as JWTPayload;
  const { kid } = decodeProtectedHeader(token);
  return new SignJWT(payload)
    .setProtectedHeader({
      alg: 'RS256',
      typ: 'at+jwt',
      ...(how.sameKid && kid ? { kid } : {}),
      ...(how.embedded ? { jwk: own.publicKey.export({ format: 'jwk' }), jku: 'https://evil.example.org/jwks' } : {}),
    })
    .sign(own.privateKey);
}

async function withUnknownKid(token: string): Promise<string> {
  return withHeader(token, { kid: 'unknown' });
}
