import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listSizes, openSession } from '@dvmm/contracts';
import { eventually, findKeycloak, freePort, type Keycloak, signInByScript, startKeycloak } from '@eaf/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, erika, nordwind, startGatewayFor } from './gateway-under-test.js';

const realmFile = (name: string) => fileURLToPath(new URL(`../../../deploy/keycloak/${name}`, import.meta.url));
const found = await findKeycloak().catch((error: Error) => error.message);
const title = typeof found === 'string' ? `Keycloak (not tried: ${found})` : 'Keycloak, with the realm that we ship';

const login = { username: 'erika', password: randomBytes(12).toString('hex') };
const clientSecret = randomBytes(24).toString('hex');

describe.skipIf(typeof found === 'string')(title, () => {
  let folder: string;
  let keycloak: Keycloak;
  let issuer: string;
  let gateway: Awaited<ReturnType<typeof startGatewayFor>>;

  beforeAll(async () => {
    if (typeof found === 'string') return;
    folder = mkdtempSync(join(tmpdir(), 'keycloak-test-'));
    const port = await freePort();
    keycloak = await startKeycloak(found, {
      dir: folder,
      logFile: join(folder, 'keycloak.log'),
      realmFiles: [realmFile('dvmm-realm.json'), realmFile('dvmm-users-0.json')],
      variables: {
        DVMM_PUBLIC_URL: `http://127.0.0.1:${port}`,
        DVMM_OIDC_CLIENT_SECRET: clientSecret,
        DVMM_DEMO_PASSWORD: login.password,
      },
      adminPassword: randomBytes(12).toString('hex'),
    });
    issuer = `${keycloak.url}/realms/dvmm`;
    gateway = await startGatewayFor(port, {
      KEYCLOAK_URL: keycloak.url,
      KEYCLOAK_REALM: 'dvmm',
      KEYCLOAK_CLIENT_ID: 'dvmm-gateway',
      OIDC_CLIENT_SECRET: clientSecret,
      OIDC_AUDIENCE: 'urn:dvmm:api',
    });
    const membership = { tenantId: nordwind, slug: 'nordwind', name: 'Nordwind AG', roles: erika.roles, active: true };
    gateway.peers.answer(openSession, () => ({ personId: erika.id, memberships: [membership] }));
    gateway.peers.answer(listSizes, () => ({ items: [], nextCursor: null }));
  }, 300_000);
  afterAll(async () => {
    await gateway?.stop();
    await keycloak?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const signIn = () => signInByScript({ startUrl: `${gateway.url}/auth/login?returnTo=/health/live`, ...login });
  /** What tenant was last told of whoever signed in. */
  const lastClaims = () => gateway.peers.asked.findLast(({ operation }) => operation === openSession.name)?.input;
  const bearer = async (token: string) =>
    (await fetch(`${gateway.url}/api/v1/sizes`, { headers: { authorization: `Bearer ${token}` } })).status;

  it('begins a sign-in at the discovered endpoint, with PKCE and the one redirect URI', async () => {
    const response = await fetch(`${gateway.url}/auth/login`, { redirect: 'manual' });
    const at = new URL(response.headers.get('location') ?? '');
    expect(`${at.origin}${at.pathname}`).toBe(`${issuer}/protocol/openid-connect/auth`);
    expect(Object.fromEntries(at.searchParams)).toMatchObject({
      client_id: 'dvmm-gateway',
      code_challenge_method: 'S256',
      redirect_uri: `${gateway.url}/auth/callback`,
    });
  });

  it('signs a person in, whose claims tenant then hears', async () => {
    const { cookies } = await signIn();
    const session = await new Browser(gateway.url, cookies).fetch('/auth/session');
    expect(session.status).toBe(200);
    expect(lastClaims()).toMatchObject({
      issuer,
      subject: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'Erika Brandt',
      email: 'erika@nordwind.example',
      emailVerified: true,
      language: 'de',
      signIn: true,
    });
  });

  it('refuses a wrong password', async () => {
    const wrong = signInByScript({ startUrl: `${gateway.url}/auth/login`, ...login, password: 'wrong' });
    await expect(wrong).rejects.toThrow();
  });

  it('sends nobody to another address, and nobody without PKCE', async () => {
    const begin = (change: Record<string, string>) => {
      const usual = { client_id: 'dvmm-gateway', response_type: 'code', scope: 'openid', state: 's' };
      const query = new URLSearchParams({ ...usual, redirect_uri: `${gateway.url}/auth/callback`, ...change });
      return fetch(`${issuer}/protocol/openid-connect/auth?${query}`, { redirect: 'manual' });
    };
    const pkce = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
    expect((await begin(pkce)).status).toBe(200);
    for (const path of ['/auth/callback/', '/auth/callback?x=1', '/auth/other'])
      expect((await begin({ ...pkce, redirect_uri: `${gateway.url}${path}` })).status, path).toBe(400);
    expect((await begin({})).headers.get('location')).toContain('error=invalid_request');
    expect((await begin({ ...pkce, code_challenge_method: 'plain' })).headers.get('location')).toContain('error=');
  });

  it('gives access tokens that the gateway takes, and no id token', async () => {
    const tokens = await tokensOf('dvmm-gateway', clientSecret);
    expect(await bearer(tokens.access_token)).toBe(200);
    expect(lastClaims()).toMatchObject({ name: 'Erika Brandt', email: 'erika@nordwind.example', signIn: false });
    expect(await bearer(tokens.id_token)).toBe(401);
  });

  it('gives no password grant', async () => {
    const response = await token('dvmm', { client_id: 'dvmm-gateway', client_secret: clientSecret, ...grantOf(login) });
    expect(response).toMatchObject({ error: 'unauthorized_client' });
  });

  it('refuses tokens for another audience, and of another realm', async () => {
    // Another application of the same realm: the person is the same, the token is not for us.
    await admin('POST', '/clients', {
      clientId: 'another-application',
      secret: 'its-own',
      redirectUris: [`${gateway.url}/auth/callback`],
    });
    const theirs = await tokensOf('another-application', 'its-own');
    expect(await bearer(theirs.access_token)).toBe(401);
    const { user, password } = keycloak.admin;
    const master = await token('master', { client_id: 'admin-cli', ...grantOf({ username: user, password }) });
    expect(master.access_token).toBeTruthy();
    expect(await bearer(master.access_token ?? '')).toBe(401);
  });

  it('may change its keys while the gateway runs', async () => {
    const before = await tokensOf('dvmm-gateway', clientSecret);
    const { id } = (await admin('GET', '')) as { id: string };
    await admin('POST', '/components', {
      name: 'newer key',
      parentId: id,
      providerId: 'rsa-generated',
      providerType: 'org.keycloak.keys.KeyProvider',
      config: { priority: ['200'], algorithm: ['RS256'] },
    });
    const after = await tokensOf('dvmm-gateway', clientSecret);
    const kid = ({ access_token: jwt }: Tokens) => JSON.parse(atob(jwt.split('.')[0] ?? '')).kid as string;
    expect(kid(after)).not.toBe(kid(before));
    // Keys are asked for again at most every five seconds, so that strange tokens cannot make the gateway ask for ever.
    await eventually(async () => (await bearer(after.access_token)) === 200, {
      timeoutMs: 15_000,
      what: 'the new key being known',
    });
    expect(await bearer(before.access_token)).toBe(200);
    await eventually(async () => (await signIn().catch(() => undefined))?.url === `${gateway.url}/health/live`, {
      timeoutMs: 15_000,
      what: 'a sign-in under the new key',
    });
  }, 60_000);

  interface Tokens {
    readonly access_token: string;
    readonly id_token: string;
  }

  /** By the authorization code flow; the code comes back to the gateway's address and is taken before it gets there. */
  async function tokensOf(clientId: string, secret: string): Promise<Tokens> {
    const verifier = randomBytes(32).toString('base64url');
    const redirectUri = `${gateway.url}/auth/callback`;
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid profile email',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state: 's',
    });
    const { url } = await signInByScript({ startUrl: `${issuer}/protocol/openid-connect/auth?${query}`, ...login });
    const { access_token = '', id_token = '' } = await token('dvmm', {
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: secret,
      code: new URL(url).searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
      code_verifier: verifier,
    });
    return { access_token, id_token };
  }

  async function token(realm: string, form: Record<string, string>): Promise<Partial<Tokens> & { error?: string }> {
    const url = `${keycloak.url}/realms/${realm}/protocol/openid-connect/token`;
    const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
    return (await response.json()) as Partial<Tokens>;
  }

  /** Keycloak's own API, about our realm. */
  async function admin(method: string, path: string, body?: object): Promise<unknown> {
    const { user, password } = keycloak.admin;
    const { access_token } = await token('master', {
      client_id: 'admin-cli',
      ...grantOf({ username: user, password }),
    });
    const response = await fetch(`${keycloak.url}/admin/realms/dvmm${path}`, {
      method,
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return method === 'GET' ? response.json() : undefined;
  }
});

function grantOf({ username, password }: { username: string; password: string }): Record<string, string> {
  return { grant_type: 'password', username, password };
}
