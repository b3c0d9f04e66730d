import { type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as client from 'openid-client';
import {
  asymmetric,
  type ClaimMapping,
  claimsOf,
  discoverKeys,
  type OidcClaims,
  requireSafeIssuer,
  usualClaims,
} from './oidc-verifier.js';

export interface OidcLoginOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly scope?: string;
  readonly claims?: ClaimMapping;
  readonly allowInsecureLoopback?: boolean;
}

/** What must come back with the callback; keep it where the browser cannot change it. */
export interface BegunLogin {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** Authorization code flow with PKCE, as a confidential client. No token is kept: the claims are all that is wanted. */
export class OidcLogin {
  #discovered: Promise<client.Configuration> | undefined;
  #keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(private readonly options: OidcLoginOptions) {
    requireSafeIssuer(options.issuer, options.allowInsecureLoopback ?? false);
  }

  async begin(): Promise<{ url: string; begun: BegunLogin }> {
    const configuration = await this.#configuration();
    const begun = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      codeVerifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.options.redirectUri,
      scope: this.options.scope ?? 'openid profile email',
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(begun.codeVerifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, begun };
  }

  /** @throws when the provider said no, or state, nonce, issuer or signature do not fit */
  async finish(callback: URL, begun: BegunLogin): Promise<OidcClaims> {
    const tokens = await client.authorizationCodeGrant(await this.#configuration(), callback, {
      expectedState: begun.state,
      expectedNonce: begun.nonce,
      pkceCodeVerifier: begun.codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims || !tokens.id_token) throw new Error('The provider gave no id token.');
    await this.#requireSigned(tokens.id_token);
    return claimsOf(claims, this.options.claims ?? usualClaims);
  }

  /** Undefined where the provider offers none. Throws while it cannot be reached. */
  async endSessionUrl(returnTo: string): Promise<string | undefined> {
    const configuration = await this.#configuration();
    if (!configuration.serverMetadata().end_session_endpoint) return undefined;
    return client.buildEndSessionUrl(configuration, {
      client_id: this.options.clientId,
      post_logout_redirect_uri: returnTo,
    }).href;
  }

  /**
   * The id token comes straight from the provider; its signature is checked all the same. Not by openid-client, which looks
   * for a new key at most once a minute: nobody could sign in for that long after the provider changed its keys.
   */
  async #requireSigned(idToken: string): Promise<void> {
    this.#keys ??= discoverKeys(this.options);
    // A provider that was away when first asked must not stay so.
    const keys = await this.#keys.catch((error: unknown) => {
      this.#keys = undefined;
      throw error;
    });
    const { issuer, clientId: audience } = this.options;
    await jwtVerify(idToken, keys, { issuer, audience, algorithms: asymmetric, clockTolerance: 30 });
  }

  async #configuration(): Promise<client.Configuration> {
    const { clientId, clientSecret } = this.options;
    const issuer = new URL(this.options.issuer);
    // The constructor let http pass on loopback only.
    const execute = issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [];
    this.#discovered ??= client.discovery(issuer, clientId, clientSecret, undefined, { timeout: 5, execute });
    // A provider that was away when first asked must not stay so.
    return this.#discovered.catch((error: unknown) => {
      this.#discovered = undefined;
      throw error;
    });
  }
}
