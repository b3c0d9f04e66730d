import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { BearerRefused } from './identity-provider.js';

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** Verifies access tokens: fixed issuer, audience, asymmetric algorithm and type; keys from the issuer's own URL only. */
export function bearerVerifier(expected: { issuer: string; audience: string; keys: URL }): (token: string) => Promise<JWTPayload> {
  // Fetched again when a token names an unknown key, at most every 30 seconds: keys rotate without a restart.
  const keys = createRemoteJWKSet(expected.keys, { timeoutDuration: 3_000 });
  return async (token) => {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer: expected.issuer,
      audience: expected.audience,
      algorithms,
      clockTolerance: 5,
      requiredClaims: ['sub', 'exp', 'iat'],
    }).catch((error: unknown) => {
      const isToken = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
      throw isToken ? new BearerRefused(error.code, { cause: error }) : error;
    });
    if (!isAccessToken(protectedHeader.typ, payload.typ)) throw new BearerRefused('not an access token');
    return payload;
  };
}

/** RFC 9068 names the type in the header; Keycloak in a claim. An id token has neither and must not open the API. */
function isAccessToken(headerType: string | undefined, claimedType: unknown): boolean {
  return /^(application\/)?at\+jwt$/i.test(headerType ?? '') || claimedType === 'Bearer';
}
