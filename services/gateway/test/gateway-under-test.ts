import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeSession, contracts, openSession, type Role, resolvePeople, whoIs } from '@dvmm/contracts';
import { createKeyPairFiles, loadPublicKeys } from '@eaf/auth';
import { inboxPrefix, permissionsOf } from '@eaf/messaging';
import { refuse } from '@eaf/messaging/contract';
import { Peers } from '@eaf/service-testing';
import { CookieJar, freePort, signInByScript, startNats, startOidcProvider } from '@eaf/testing';
import { jetstream } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { connect } from '@nats-io/transport-node';
import { readGatewayConfig } from '../src/config.js';
import { startGateway } from '../src/start-gateway.js';

export const nordwind = '11111111-1111-4111-8111-111111111111';
export const suedstern = '22222222-2222-4222-8222-222222222222';
export const project = '33333333-3333-4333-8333-333333333333';

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly tenants: readonly string[];
  roles: Role[];
  /** Her tenant is open. */
  active?: boolean;
}
export const erika: Member = {
  id: 'aaaaaaaa-0000-4000-8000-000000000001',
  name: 'Erika Beispiel',
  tenants: [nordwind],
  roles: ['user'],
};
export const bernd: Member = {
  id: 'aaaaaaaa-0000-4000-8000-000000000002',
  name: 'Bernd Muster',
  tenants: [nordwind, suedstern],
  roles: ['approver'],
};
export const nobody: Member = {
  id: 'aaaaaaaa-0000-4000-8000-000000000003',
  name: 'Nina Niemand',
  tenants: [],
  roles: [],
};
export const carla: Member = {
  id: 'aaaaaaaa-0000-4000-8000-000000000004',
  name: 'Carla Klar',
  tenants: [suedstern],
  roles: ['user'],
  active: false,
};
const everybody = [erika, bernd, nobody, carla];

const password = 'only-for-tests';
const audience = 'https://dvmm.test/api';

/** As {@link startGatewayFor}, with a real identity provider. */
export async function startGatewayUnderTest() {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-idp-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const provider = await startOidcProvider({
    audience,
    keysFile: join(folder, 'oidc-keys.json'),
    people: everybody.map(({ id, name }) => ({
      id,
      name,
      username: loginOf(name),
      password,
      email: `${loginOf(name)}@example.com`,
      locale: 'de',
      groups: [],
    })),
    clients: [
      {
        clientId: 'dvmm',
        clientSecret: password,
        redirectUris: [`${url}/auth/callback`, 'http://127.0.0.1/token'],
        postLogoutRedirectUris: [`${url}/`],
      },
    ],
  });
  const gateway = await startGatewayFor(port, {
    OIDC_ISSUER: provider.issuer,
    OIDC_AUDIENCE: audience,
    KEYCLOAK_CLIENT_ID: 'dvmm',
    OIDC_CLIENT_SECRET: password,
  });
  return {
    ...gateway,
    issuer: provider.issuer,
    tokensOf: (member: Member) => tokensOf(provider.issuer, loginOf(member.name)),
    async stop() {
      await gateway.stop();
      await provider.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A real broker with the gateway's own rights, the gateway, and its peers by contract.
 * @param signIn what the gateway's environment says about the identity provider
 */
export async function startGatewayFor(port: number, signIn: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-test-'));
  const keys = { private: join(folder, 'private'), public: join(folder, 'public') };
  createKeyPairFiles(keys.private, keys.public, ['gateway']);
  const url = `http://127.0.0.1:${port}`;
  const rights = permissionsOf(contracts, 'gateway');
  const nats = await startNats({
    dir: join(folder, 'nats'),
    logFile: join(folder, 'nats.log'),
    users: [
      { user: 'peers', password },
      {
        user: 'gateway',
        password,
        permissions: {
          publish: [...rights.publish, '$KV.sessions.>', '$JS.API.DIRECT.GET.KV_sessions.>', 'dvmm.limits'],
          subscribe: [...rights.subscribe, 'dvmm.live.>', 'dvmm.limits'],
        },
      },
    ],
  });
  const others = await connect({ servers: nats.url, user: 'peers', pass: password, inboxPrefix: inboxPrefix('peers') });
  const sessions = await new Kvm(jetstream(others)).create('sessions', { ttl: 30 * 60_000, allow_direct: true });
  const gateway = await startGateway(
    readGatewayConfig({
      PORT: String(port),
      PUBLIC_URL: url,
      ...signIn,
      OIDC_ALLOW_INSECURE_LOOPBACK: 'true',
      NATS_URL: nats.url,
      NATS_USER: 'gateway',
      NATS_PASSWORD: password,
      ACTOR_KEY_FILE: join(keys.private, 'gateway.private.pem'),
      LOG_LEVEL: 'fatal',
    }),
  );
  const peers = new Peers(others, contracts, loadPublicKeys(keys.public));
  answerAsDirectory(peers);
  return {
    url,
    innerUrl: `http://127.0.0.1:${gateway.innerPort}`,
    peers,
    /** Tells a hint as a service does. */
    tell: (tenant: string, hint: object) => others.publish(`dvmm.live.request.${tenant}`, JSON.stringify(hint)),
    /** All sessions as they would be had nobody done anything for so long. */
    letSessionsRest: async (ms: number) => {
      for await (const key of await sessions.keys()) {
        const entry = await sessions.get(key);
        if (entry?.operation !== 'PUT') continue;
        const session = entry.json<{ seenAt: number }>();
        await sessions.put(key, JSON.stringify({ ...session, seenAt: session.seenAt - ms }));
      }
    },
    signIn: async (member: Member) => {
      const { cookies } = await signInByScript({
        startUrl: `${url}/auth/login?returnTo=/health/live`,
        username: loginOf(member.name),
        password,
      });
      return new Browser(url, cookies);
    },
    signInPage: (member: Member, begin = '/auth/login?returnTo=/health/live') =>
      signInByScript({ startUrl: `${url}${begin}`, username: loginOf(member.name), password }),
    /** @throws what a peer answered outside its contract */
    async stop() {
      await gateway.stop();
      await others.close();
      await nats.stop();
      rmSync(folder, { recursive: true, force: true });
      if (peers.faults.length > 0) throw new AggregateError(peers.faults, peers.faults.map(String).join('\n'));
    },
  };
}
export type GatewayUnderTest = Awaited<ReturnType<typeof startGatewayUnderTest>>;

/** Calls as our own page would. */
export class Browser {
  constructor(
    readonly url: string,
    private readonly cookies: CookieJar,
  ) {}

  fetch(
    path: string,
    init: { method?: string; body?: unknown; headers?: Record<string, string>; signal?: AbortSignal } = {},
  ): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: init.method ?? 'GET',
      redirect: 'manual',
      ...(init.signal ? { signal: init.signal } : {}),
      headers: {
        cookie: this.cookies.header(this.url),
        'x-requested-with': 'dvmm',
        'accept-language': 'en',
        ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...init.headers,
      },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
  }
}

function loginOf(name: string): string {
  return name.split(' ')[0]?.toLowerCase() ?? name;
}

/** What a person's own program gets by the authorization code flow. */
async function tokensOf(issuer: string, username: string): Promise<{ access_token: string; id_token: string }> {
  const redirectUri = 'http://127.0.0.1/token';
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: 'dvmm',
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    resource: audience,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state: 'a-state',
  });
  const { url } = await signInByScript({
    startUrl: `${issuer}/auth?${query}`,
    username,
    password,
    stopAt: redirectUri,
  });
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`dvmm:${password}`)}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: new URL(url).searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
      code_verifier: verifier,
      resource: audience,
    }),
  });
  return (await response.json()) as { access_token: string; id_token: string };
}

/** Tenant's part: who somebody is, and how she is called. */
function answerAsDirectory(peers: Peers): void {
  const inTenant = (member: Member, tenantId: string) => ({
    tenantId,
    slug: tenantId === nordwind ? 'nordwind' : 'suedstern',
    name: tenantId === nordwind ? 'Nordwind AG' : 'Südstern GmbH',
    roles: member.roles,
    active: member.active ?? true,
  });
  peers.answer(openSession, ({ name }) => {
    const member = everybody.find((one) => one.name === name) ?? nobody;
    return { personId: member.id, memberships: member.tenants.map((tenantId) => inTenant(member, tenantId)) };
  });
  peers.answer(whoIs, ({ personId }, { tenant }) => {
    const member = everybody.find(({ id }) => id === personId);
    if (!member?.tenants.includes(tenant)) return refuse('not-found');
    return { ...inTenant(member, tenant), language: 'de', projects: [{ id: project, lead: false }] };
  });
  peers.answer(closeSession, () => ({}));
  peers.answer(resolvePeople, ({ ids, sealed }) => ({
    people: ids.map((id) => ({
      id,
      name: everybody.find((one) => one.id === id)?.name ?? null,
      email: null,
      language: 'de',
    })),
    texts: sealed.map((text) => text.split(':')[2] ?? null),
  }));
}
