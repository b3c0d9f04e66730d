import { createHash } from 'node:crypto';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';

/** Where a provider puts what we ask for; a dot leads into an object, as in `realm_access.roles`. */
export interface ClaimMapping {
  readonly name: string;
  readonly email: string;
  readonly locale: string;
  readonly groups: string;
}

export const usualClaims: ClaimMapping = { name: 'name', email: 'email', locale: 'locale', groups: 'groups' };

/** A person as the provider's claims describe her. */
export interface OidcClaims {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly locale: string | null;
  readonly groups: readonly string[];
}

export interface OidcVerifierOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly claims?: ClaimMapping;
  /** Asymmetric ones only. */
  readonly algorithms?: readonly string[];
  /** http is refused unless the issuer is on loopback and this is set. */
  readonly allowInsecureLoopback?: boolean;
}

/** The bearer says nothing that may be relied on. */
export class BearerRefused extends Error {
  override readonly name = 'BearerRefused';
}

/** Signatures that only the issuer can make. */
export const asymmetric = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const leewaySeconds = 30;
const remembered = 10_000;

/** An issuer that is away or answers nonsense shows as jose's general error, as one of these two, or as fetch's own. */
function isAboutToken(error: unknown): error is errors.JOSEError {
  if (!(error instanceof errors.JOSEError) || error.code === errors.JOSEError.code) return false;
  return !(error instanceof errors.JWKSTimeout) && !(error instanceof errors.JWKSInvalid);
}

/** Verifies access tokens of one issuer for one audience. Keys come from the issuer's own metadata and rotate without restart. */
export class OidcVerifier {
  #keys: Promise<JWTVerifyGetKey> | undefined;
  readonly #verified = new Map<string, { claims: OidcClaims; until: number }>();

  constructor(private readonly options: OidcVerifierOptions) {
    requireSafeIssuer(options.issuer, options.allowInsecureLoopback ?? false);
  }

  /**
   * @throws BearerRefused
   * @throws Error         when the issuer's metadata or keys cannot be had: nothing is known about the token
   */
  async verify(token: string): Promise<OidcClaims> {
    const hash = createHash('sha256').update(token).digest('base64');
    const known = this.#verified.get(hash);
    if (known && known.until > Date.now()) return known.claims;
    const keys = await this.#keySet();
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer: this.options.issuer,
      audience: this.options.audience,
      algorithms: [...(this.options.algorithms ?? asymmetric)],
      clockTolerance: leewaySeconds,
      requiredClaims: ['sub', 'exp', 'iat'],
    }).catch((error: unknown) => {
      throw isAboutToken(error) ? new BearerRefused(error.message, { cause: error }) : error;
    });
    if (typeof payload.sub !== 'string' || payload.sub === '') throw new BearerRefused('The token names nobody.');
    // An id token is meant for the client alone; Keycloak names its access tokens `Bearer` in a claim and not in the header.
    const isAccessToken = protectedHeader.typ?.toLowerCase() === 'at+jwt' || payload.typ === 'Bearer';
    if (!isAccessToken) throw new BearerRefused('The token is no access token.');
    const claims = claimsOf(payload, this.options.claims ?? usualClaims);
    this.#remember(hash, claims, (payload.exp ?? 0) * 1_000);
    return claims;
  }

  async #keySet(): Promise<JWTVerifyGetKey> {
    this.#keys ??= discoverKeys(this.options);
    // A provider that was away when first asked must not stay so.
    return this.#keys.catch((error: unknown) => {
      this.#keys = undefined;
      throw error;
    });
  }

  #remember(hash: string, claims: OidcClaims, until: number): void {
    const oldest = this.#verified.keys().next().value;
    if (this.#verified.size >= remembered && oldest) this.#verified.delete(oldest);
    this.#verified.set(hash, { claims, until });
  }
}

export function claimsOf(payload: JWTPayload, mapping: ClaimMapping): OidcClaims {
  const text = (path: string) => {
    const value = at(payload, path);
    return typeof value === 'string' ? value : null;
  };
  const groups = at(payload, mapping.groups);
  return {
    issuer: payload.iss ?? '',
    subject: payload.sub ?? '',
    name: text(mapping.name) ?? text('preferred_username') ?? payload.sub ?? '',
    email: text(mapping.email),
    emailVerified: payload.email_verified === true,
    locale: text(mapping.locale),
    groups: Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [],
  };
}

/** @throws Error for an address whose answers could be read or changed on their way */
export function requireSafeIssuer(issuer: string, allowInsecureLoopback: boolean): void {
  const { protocol, hostname } = new URL(issuer);
  if (protocol === 'https:') return;
  if (allowInsecureLoopback && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)) return;
  throw new Error(`${issuer} must be reached over https.`);
}

/** The issuer's keys, by its own metadata. An unknown key is looked for anew, at most every five seconds. */
export async function discoverKeys({
  issuer,
  allowInsecureLoopback,
}: Pick<OidcVerifierOptions, 'issuer' | 'allowInsecureLoopback'>): Promise<JWTVerifyGetKey> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    redirect: 'error',
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new Error(`The issuer's metadata could not be read: ${response.status}`);
  const metadata = (await response.json()) as { issuer?: string; jwks_uri?: string };
  if (metadata.issuer !== issuer || !metadata.jwks_uri) throw new Error('The metadata is of another issuer.');
  requireSafeIssuer(metadata.jwks_uri, allowInsecureLoopback ?? false);
  return createRemoteJWKSet(new URL(metadata.jwks_uri), { cooldownDuration: 5_000 });
}

function at(payload: JWTPayload, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], payload);
}
