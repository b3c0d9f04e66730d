import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type OidcProviderConfig, signInByScript, startOidcProvider } from '@eaf/testing';
import { importJWK, type JWK, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { OidcLogin } from '../src/index.js';

export const audience = 'https://api.example.org';
export const redirectUri = 'http://127.0.0.1:1/callback';
export const erika = { username: 'erika', password: 'right' };

/** A real provider that can be ended and started again at its address, with the keys it had or with new ones. */
export async function providerUnderTest() {
  const folder = await mkdtemp(join(tmpdir(), 'eaf-auth-'));
  const port = await freePort();
  const config: OidcProviderConfig = {
    port,
    audience,
    keysFile: join(folder, 'keys.json'),
    clients: [{ clientId: 'app', clientSecret: 'secret', redirectUris: [redirectUri] }],
    people: [
      { ...erika, id: 'p1', name: 'Erika Muster', email: 'erika@example.org', locale: 'de', groups: ['approvers'] },
    ],
  };
  let running = await startOidcProvider(config);
  const { issuer } = running;
  return {
    issuer,
    loginOptions: {
      issuer,
      clientId: 'app',
      clientSecret: 'secret',
      redirectUri,
      scope: 'openid profile email groups',
    },
    stop: () => running.close(),
    async startWithNewKeys() {
      rmSync(config.keysFile);
      running = await startOidcProvider(config);
    },
    /** An access token as the provider gives it to whoever signs in. */
    async accessToken(): Promise<string> {
      const login = new OidcLogin({ ...this.loginOptions, allowInsecureLoopback: true });
      const { url, begun } = await login.begin();
      const { url: callback } = await signInByScript({ startUrl: url, ...erika });
      const response = await fetch(`${issuer}/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: new URL(callback).searchParams.get('code') ?? '',
          redirect_uri: redirectUri,
          code_verifier: begun.codeVerifier,
        }),
        headers: { authorization: `Basic ${Buffer.from('app:secret').toString('base64')}` },
      });
      const { access_token, id_token } = (await response.json()) as Record<string, string>;
      if (!access_token || !id_token) throw new Error(`The provider gave no token: ${response.status}`);
      return access_token;
    },
    /** Signed with the provider's own key, so that nothing but the change can be what is refused. */
    async signed(changes: JWTPayload = {}, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
      const { signing } = JSON.parse(readFileSync(config.keysFile, 'utf8')) as { signing: JWK[] };
      const jwk = signing[0] as JWK;
      const now = Math.floor(Date.now() / 1_000);
      return new SignJWT({ iss: issuer, aud: audience, sub: 'p1', iat: now, exp: now + 60, ...changes })
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', ...(jwk.kid ? { kid: jwk.kid } : {}), ...header })
        .sign(await importJWK(jwk, 'RS256'));
    },
    async close() {
      await running.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type ProviderUnderTest = Awaited<ReturnType<typeof providerUnderTest>>;
