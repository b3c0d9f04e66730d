import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Provider, { type Configuration } from 'oidc-provider';
import { loginPage, logoutPage } from './login-page.js';
import { listenOnLoopback } from './loopback.js';
import { type OidcKeys, oidcKeys } from './oidc-keys.js';

export interface OidcPerson {
  /** The subject. */
  readonly id: string;
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
  readonly groups: readonly string[];
}

export interface OidcProviderConfig {
  /** 0 or absent: any free one. The issuer's URL holds it, so keep it over restarts. */
  readonly port?: number;
  readonly people: readonly OidcPerson[];
  readonly clients: readonly {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly redirectUris: readonly string[];
    readonly postLogoutRedirectUris?: readonly string[];
  }[];
  /** Resource that access tokens are made for, as JWT: an absolute URI. */
  readonly audience: string;
  /** Keys; made when absent, so that tokens survive a restart. */
  readonly keysFile: string;
}

export interface RunningOidcProvider {
  readonly issuer: string;
  close(): Promise<void>;
}

/** A certified OpenID provider for people who exist only in its configuration: authorization code with PKCE, JWT access tokens. */
export async function startOidcProvider(config: OidcProviderConfig): Promise<RunningOidcProvider> {
  // Else every sign-in ends with invalid_target, far from the cause (RFC 8707, section 2).
  if (!URL.canParse(config.audience))
    throw new Error(`The audience ${config.audience} is no absolute URI, as resource indicators are.`);
  const keys = await oidcKeys(config.keysFile);
  // The issuer's URL holds the port, so the port is bound before the provider is made.
  let handle: (request: IncomingMessage, response: ServerResponse) => void = (_, response) =>
    void response.writeHead(503).end();
  const server = createServer((request, response) => handle(request, response));
  const port = await listenOnLoopback(server, config.port ?? 0, 'the OIDC provider');
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, configurationOf(config, keys));
  const callback = provider.callback();
  handle = (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void callback(request, response);
    void interact(provider, config.people, request, response).catch((error: Error) => {
      response
        .writeHead(400, { 'content-type': 'text/plain' })
        .end(`This sign-in has ended; begin again. (${error.message})`);
    });
  };
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { issuer, close };
}

function configurationOf(config: OidcProviderConfig, keys: OidcKeys): Configuration {
  return {
    clients: config.clients.map((client) => ({
      client_id: client.clientId,
      client_secret: client.clientSecret,
      redirect_uris: [...client.redirectUris],
      post_logout_redirect_uris: [...(client.postLogoutRedirectUris ?? [])],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    })),
    jwks: { keys: keys.signing },
    cookies: { keys: keys.cookies },
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name', 'locale'], email: ['email', 'email_verified'], groups: ['groups'] },
    scopes: ['openid', 'profile', 'email', 'groups', 'offline_access'],
    // The gateway reads claims from the id token, as with Keycloak.
    conformIdTokenClaims: false,
    ttl: { AccessToken: 3_600, IdToken: 3_600, Session: 86_400, Grant: 86_400, Interaction: 3_600 },
    features: {
      devInteractions: { enabled: false },
      // She has signed out where she came from; asking again would leave her here, signed in, when she just goes away.
      rpInitiatedLogout: { enabled: true, logoutSource: (ctx, form) => void (ctx.body = logoutPage(form)) },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => config.audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'openid profile email groups',
          audience: config.audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 3_600,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: (_, token) => {
      const person = config.people.find(({ id }) => 'accountId' in token && id === token.accountId);
      return person
        ? { name: person.name, email: person.email, email_verified: true, locale: person.locale, groups: person.groups }
        : undefined;
    },
    findAccount: (_, id) => {
      const person = config.people.find((one) => one.id === id);
      return (
        person && {
          accountId: id,
          claims: () => ({
            sub: id,
            name: person.name,
            email: person.email,
            email_verified: true,
            locale: person.locale,
            groups: [...person.groups],
          }),
        }
      );
    },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    // These clients are the operator's own: nobody is asked for consent.
    loadExistingGrant: async (ctx) => {
      const { client, session, provider } = ctx.oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile email groups offline_access');
      grant.addResourceScope(config.audience, 'openid profile email groups');
      await grant.save();
      return grant;
    },
  };
}

/** The page runs nothing and loads nothing. */
const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
};

/** The sign-in page: a form, and a button for each person. Both post the same two fields. */
async function interact(
  provider: Provider,
  people: readonly OidcPerson[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { uid, prompt } = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') {
    response.writeHead(200, pageHeaders).end(loginPage(uid, people));
    return;
  }
  const form = new URLSearchParams(await bodyOf(request));
  const person = people.find(
    ({ username, password }) => username === form.get('username') && password === form.get('password'),
  );
  if (!person) {
    response.writeHead(401, pageHeaders).end(loginPage(uid, people, 'Unknown name or wrong password.'));
    return;
  }
  if (prompt.name !== 'login') throw new Error(`unexpected prompt ${prompt.name}`);
  await provider.interactionFinished(
    request,
    response,
    { login: { accountId: person.id } },
    { mergeWithLastSubmission: false },
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
