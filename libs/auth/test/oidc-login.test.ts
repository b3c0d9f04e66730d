import { signInByScript } from '@eaf/testing';
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
