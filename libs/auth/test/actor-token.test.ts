import { createHash, createHmac, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { type ActorClaims, signActorToken, TokenRefused, verifyActorToken } from '../src/index.js';

const gateway = generateKeyPairSync('ed25519');
const request = generateKeyPairSync('ed25519');
const publicKeys = new Map([
  ['gateway', gateway.publicKey],
  ['request', request.publicKey],
]);
const body = new TextEncoder().encode('{"name":"web"}');
const expected = { publicKeys, audience: 'orders', operation: 'orders.submit', body };
const tenant = '11111111-1111-4111-8111-111111111111';
const person = '22222222-2222-4222-8222-222222222222';
const claims: ActorClaims = {
  caller: 'gateway',
  audience: 'orders',
  operation: 'orders.submit',
  body,
  tenant,
  principalId: person,
  roles: ['user'],
  scopes: [],
  correlationId: 'c1',
  causationId: 'e1',
  backdatedSeconds: 86_400,
};

const now = () => Math.floor(Date.now() / 1_000);
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64url');

/** What signActorToken writes, but for what a test changes; undefined leaves a claim out. */
function forged(
  changes: JWTPayload = {},
  { key = gateway.privateKey, alg = 'EdDSA', typ = 'actor+jwt' } = {},
): Promise<string> {
  const payload: JWTPayload = {
    iss: 'gateway',
    aud: 'orders',
    sub: person,
    op: 'orders.submit',
    body: hash(body),
    tenant,
    roles: ['user'],
    scopes: [],
    corr: 'c1',
    iat: now(),
    exp: now() + 30,
    jti: randomUUID(),
    ...changes,
  };
  return new SignJWT(payload).setProtectedHeader({ alg, ...(typ ? { typ } : {}) }).sign(key);
}

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('an actor token', () => {
  it('tells its receiver who asks, for whom, and why', async () => {
    const actor = await verifyActorToken(await signActorToken(gateway.privateKey, claims), expected);
    expect(actor).toEqual({
      caller: 'gateway',
      tenant,
      principalId: person,
      roles: ['user'],
      scopes: [],
      correlationId: 'c1',
      causationId: 'e1',
      backdatedSeconds: 86_400,
    });
  });

  it('is made anew for each question', async () => {
    const tokens = await Promise.all([1, 2].map(() => signActorToken(gateway.privateKey, claims)));
    expect(tokens[0]).not.toBe(tokens[1]);
  });

  it('differs from what is refused below by nothing but the change', async () => {
    await expect(verifyActorToken(await forged(), expected)).resolves.toMatchObject({ caller: 'gateway' });
  });

  const refusals: [string, () => Promise<string>][] = [
    ['for another context', () => forged({ aud: 'billing' })],
    ['for nobody', () => forged({ aud: undefined })],
    ['for another operation', () => forged({ op: 'orders.cancel' })],
    ['for another body', () => forged({ body: hash(new TextEncoder().encode('{"name":"db"}')) })],
    ['without a body', () => forged({ body: undefined })],
    ['without a tenant', () => forged({ tenant: undefined })],
    ['with a tenant that is no text', () => forged({ tenant: { id: tenant } })],
    ['without a person', () => forged({ sub: undefined })],
    ['with roles that are no list', () => forged({ roles: 'administrator' })],
    ['with a role that is no text', () => forged({ roles: [{ name: 'administrator' }] })],
    ['that plays in the future', () => forged({ back: -60 })],
    ['that plays at no time', () => forged({ back: '60' })],
    ['that has expired', () => forged({ iat: now() - 60, exp: now() - 30 })],
    ['that never expires', () => forged({ exp: undefined })],
    ['that gives itself an hour', () => forged({ iat: now() - 60, exp: now() + 3_600 })],
    ['from the future', () => forged({ iat: now() + 600, exp: now() + 630 })],
    ['of another type', () => forged({}, { typ: 'at+jwt' })],
    ['of no type', () => forged({}, { typ: '' })],
    ['by a stranger', () => forged({ iss: 'mallory' })],
    ['by nobody', () => forged({ iss: undefined })],
    ['whose issuer is a name of Object', () => forged({ iss: '__proto__' })],
    ['by one service in the name of another', () => forged({}, { key: request.privateKey })],
    ['signed by a key that nobody knows', () => forged({}, { key: generateKeyPairSync('ed25519').privateKey })],
    ['signed by another algorithm', () => forged({}, { key: ecKey(), alg: 'ES256' })],
    ['with the public key as a shared secret', async () => hmacSigned(await forged())],
    [
      'that is not signed',
      async () => `${encoded({ alg: 'none', typ: 'actor+jwt' })}.${(await forged()).split('.')[1]}.`,
    ],
    ['that brings its own key', async () => ownKey(await forged())],
    [
      'whose payload was changed',
      async () => (await forged()).replace(/\.[^.]+\./, `.${encoded({ iss: 'gateway' })}.`),
    ],
    ['whose signature was cut', async () => (await forged()).slice(0, -4)],
    ['whose payload is null', async () => (await forged()).replace(/\.[^.]+\./, `.${encoded(null as never)}.`)],
    ['that is no token', async () => 'hello'],
    ['that is empty', async () => ''],
  ];

  it.each(refusals)('is refused: one %s', async (_, make) => {
    await expect(verifyActorToken(await make(), expected)).rejects.toThrow(TokenRefused);
  });

  it('does not tell in its refusal what it held', async () => {
    const error = await verifyActorToken(await forged({ op: 'canary' }), expected).catch((error: Error) => error);
    expect(JSON.stringify(error) + String(error)).not.toContain('canary');
  });
});

function ecKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

function hmacSigned(token: string): string {
  const head = `${encoded({ alg: 'HS256', typ: 'actor+jwt' })}.${token.split('.')[1]}`;
  const secret = gateway.publicKey.export({ type: 'spki', format: 'pem' });
  return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
}

async function ownKey(token: string): Promise<string> {
  const own = generateKeyPairSync('ed25519');
  const payload = JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString()) as JWTPayload;
  const jwk = own.publicKey.export({ format: 'jwk' });
  return new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', typ: 'actor+jwt', jwk }).sign(own.privateKey);
}
