import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signInByScript } from '@eaf/testing';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OidcLogin } from '../src/index.js';
import { erika, type ProviderUnderTest, providerUnderTest, redirectUri } from './provider-under-test.js';

let provider: ProviderUnderTest;
let login: OidcLogin;

beforeAll(async () => {
  provider = await providerUnderTest();
  login = new OidcLogin({ ...provider.loginOptions, allowInsecureLoopback: true });
});
afterAll(() => provider.close());

/** Begins and signs in; what comes back is not redeemed yet. */
async function signedIn() {
  const { url, begun } = await login.begin();
  const { url: callback } = await signInByScript({ startUrl: url, ...erika });
  return { begun, callback: new URL(callback) };
}

describe('signing in', () => {
  it('ends with the claims of whoever signed in', async () => {
    const { begun, callback } = await signedIn();
    expect(await login.finish(callback, begun)).toEqual({
      issuer: provider.issuer,
      subject: 'p1',
      name: 'Erika Muster',
      email: 'erika@example.org',
      emailVerified: true,
      locale: 'de',
      groups: ['approvers'],
    });
  });

  it('begins anew each time, with PKCE', async () => {
    const [one, other] = [await login.begin(), await login.begin()];
    const asked = new URL(one.url).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('redirect_uri')).toBe(redirectUri);
    for (const part of ['state', 'nonce', 'codeVerifier'] as const) expect(one.begun[part]).not.toBe(other.begun[part]);
    expect(one.url).not.toContain(one.begun.codeVerifier);
  });

  it.each([
    { part: 'state', stops: 'a sign-in that another browser began' },
    { part: 'nonce', stops: 'an id token made for another sign-in' },
    { part: 'codeVerifier', stops: 'a code that was stolen on its way' },
  ])('is refused with another $part: $stops', async ({ part }) => {
    const { begun, callback } = await signedIn();
    await expect(login.finish(callback, { ...begun, [part]: 'x'.repeat(43) })).rejects.toThrow();
  });

  it('is refused when a code is used twice', async () => {
    const { begun, callback } = await signedIn();
    await login.finish(callback, begun);
    await expect(login.finish(callback, begun)).rejects.toThrow();
  });

  it('is refused when another issuer answers', async () => {
    const { begun, callback } = await signedIn();
    callback.searchParams.set('iss', 'https://issuer.example.org'); // RFC 9207: mix-up.
    await expect(login.finish(callback, begun)).rejects.toThrow();
  });

  it('is refused when the provider says no', async () => {
    const { begun } = await login.begin();
    const said = new URLSearchParams({ error: 'access_denied', state: begun.state, iss: provider.issuer });
    await expect(login.finish(new URL(`${redirectUri}?${said}`), begun)).rejects.toThrow();
  });

  it.each([
    { whose: 'the key that the provider publishes', signedBy: 'own', outcome: 'Erika' },
    { whose: 'any other key', signedBy: 'foreign', outcome: 'refused' },
  ] as const)('is $outcome when the id token is signed by $whose', async ({ signedBy, outcome }) => {
    const [own, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
    const impostor = createServer();
    await new Promise<void>((resolve) => impostor.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(impostor.address() as AddressInfo).port}`;
    const patient = new OidcLogin({ ...provider.loginOptions, issuer, allowInsecureLoopback: true });
    let nonce = '';
    const answers: Record<string, () => Promise<object> | object> = {
      '/.well-known/openid-configuration': () => ({
        issuer,
        jwks_uri: `${issuer}/keys`,
        token_endpoint: `${issuer}/token`,
        authorization_endpoint: `${issuer}/auth`,
        id_token_signing_alg_values_supported: ['RS256'],
      }),
      '/keys': async () => ({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }] }),
      '/token': async () => ({
        access_token: 'a',
        token_type: 'bearer',
        id_token: await new SignJWT({ nonce, name: 'Erika' })
          .setProtectedHeader({ alg: 'RS256', kid: 'k' })
          .setIssuer(issuer)
          .setAudience(provider.loginOptions.clientId)
          .setSubject('p1')
          .setIssuedAt()
          .setExpirationTime('1m')
          .sign((signedBy === 'own' ? own : foreign).privateKey),
      }),
    };
    impostor.on('request', async (request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(await answers[request.url ?? '']?.()));
    });
    const { begun } = await patient.begin();
    nonce = begun.nonce;
    const callback = new URL(`${redirectUri}?${new URLSearchParams({ code: 'c', state: begun.state, iss: issuer })}`);
    const name = await patient.finish(callback, begun).then(
      (claims) => claims.name,
      () => 'refused',
    );
    impostor.close();
    impostor.closeAllConnections();
    expect(name).toBe(outcome);
  });

  it('names where a sign-out goes on', async () => {
    const url = new URL((await login.endSessionUrl('http://127.0.0.1:1/')) ?? '');
    expect(url.origin).toBe(provider.issuer);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe('http://127.0.0.1:1/');
  });

  it('works again once a provider that was away is back', async () => {
    const patient = new OidcLogin({ ...provider.loginOptions, allowInsecureLoopback: true });
    await provider.stop();
    await expect(patient.begin()).rejects.toThrow();
    await provider.startWithNewKeys();
    await expect(patient.begin()).resolves.toMatchObject({ url: expect.stringContaining(provider.issuer) });
  });

  it('cannot go over http, but for loopback where that was asked for', () => {
    expect(() => new OidcLogin(provider.loginOptions)).toThrow('https');
  });
});
