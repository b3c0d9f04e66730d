import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { expect, it } from 'vitest';
import {
  eventually,
  freePort,
  type OidcProviderConfig,
  signInByScript,
  spawnProgram,
  startOidcProvider,
} from '../src/index.js';
import { scratchFolder } from './scratch-folder.js';

const folder = scratchFolder();
const redirectUri = 'http://127.0.0.1:1/callback';
// The pair of RFC 7636, appendix B.
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const audience = 'https://api.example.org';
const config: OidcProviderConfig = {
  keysFile: join(folder, 'keys.json'),
  audience,
  clients: [{ clientId: 'app', clientSecret: 'secret', redirectUris: [redirectUri] }],
  people: [
    {
      id: 'p1',
      username: 'erika',
      password: 'right',
      name: 'Erika Muster',
      email: 'erika@example.org',
      locale: 'de',
      groups: ['approvers'],
    },
  ],
};

it('gives tokens with the claims, and they are good after a restart', async () => {
  const port = await freePort();
  const first = await startOidcProvider({ ...config, port });
  const { issuer } = first;
  const { url } = await signInByScript({
    startUrl: authorization(issuer, 'openid profile email groups'),
    username: 'erika',
    password: 'right',
  });
  const tokens = await redeem(issuer, url, verifier);
  await first.close();
  expect(decodeJwt(tokens.id_token)).toMatchObject({
    sub: 'p1',
    aud: 'app',
    name: 'Erika Muster',
    email: 'erika@example.org',
    locale: 'de',
    groups: ['approvers'],
  });

  const second = await startOidcProvider({ ...config, port });
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
  // The first try may still meet a connection that the first provider has closed.
  const verify = () => jwtVerify(tokens.access_token, keys, { issuer, audience, typ: 'at+jwt' });
  const { payload, protectedHeader } = await eventually(verify, {
    what: 'a token verified with the keys of the second provider',
  });
  await second.close();
  expect(protectedHeader.alg).toBe('RS256');
  expect(payload).toMatchObject({ sub: 'p1', groups: ['approvers'], locale: 'de' });
  expect(statSync(config.keysFile).mode & 0o777).toBe(0o600);
});

it('refuses a wrong password, a sign-in without PKCE and a code without its verifier', async () => {
  const { issuer, close } = await startOidcProvider(config);
  const startUrl = authorization(issuer, 'openid');
  await expect(signInByScript({ startUrl, username: 'erika', password: 'wrong' })).rejects.toThrow('401');
  const { url: withoutPkce } = await signInByScript({
    startUrl: startUrl.replace(/&code_challenge.*?(?=&state)/, ''),
    username: 'erika',
    password: 'right',
  });
  expect(new URL(withoutPkce).searchParams.get('error')).toBe('invalid_request');
  const { url } = await signInByScript({ startUrl, username: 'erika', password: 'right' });
  await expect(redeem(issuer, url, verifier.replace('d', 'e'))).rejects.toThrow('invalid_grant');
  await close();
  await expect(startOidcProvider({ ...config, audience: 'api' })).rejects.toThrow('no absolute URI');
});

it('runs as a program, says when it serves, and ends when told', async () => {
  const port = await freePort();
  const provider = await spawnProgram(
    'oidc-provider',
    { ...config, port },
    { dir: folder, logFile: join(folder, 'oidc.log') },
  );
  const taken = startOidcProvider({ ...config, port });
  await expect(taken).rejects.toThrow(`Port ${port}, which the OIDC provider needs, is taken by another program.`);
  expect((await fetch(`http://127.0.0.1:${port}/.well-known/openid-configuration`)).status).toBe(200);
  const told = Date.now();
  await provider.stop();
  expect(Date.now() - told).toBeLessThan(2_000);
});

function authorization(issuer: string, scope: string): string {
  const query = {
    client_id: 'app',
    response_type: 'code',
    redirect_uri: redirectUri,
    scope,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: 's',
  };
  return `${issuer}/auth?${new URLSearchParams(query)}`;
}

async function redeem(
  issuer: string,
  callback: string,
  codeVerifier: string,
): Promise<{ id_token: string; access_token: string }> {
  const code = new URL(callback).searchParams.get('code') ?? '';
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('app:secret').toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: codeVerifier,
    }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as { id_token: string; access_token: string };
}
