import { type BegunLogin, type OidcClaims, OidcLogin, OidcVerifier, usualClaims } from '@eaf/auth';
import { z } from 'zod';
import type { GatewayConfig } from '../config.js';
import { languageOf } from '../languages.js';
import type { IdentityProvider, VerifiedPerson } from './identity-provider.js';

const begunLogin = z.object({ state: z.string(), nonce: z.string(), codeVerifier: z.string() });

/** Any OIDC provider, found by discovery. It need not be reachable yet: it is asked when somebody signs in. */
export function connectIdentityProvider(config: GatewayConfig): IdentityProvider {
  const shared = {
    issuer: config.OIDC_ISSUER,
    claims: { ...usualClaims, groups: config.GROUPS_CLAIM },
    allowInsecureLoopback: config.OIDC_ALLOW_INSECURE_LOOPBACK,
  };
  const login = new OidcLogin({
    ...shared,
    clientId: config.KEYCLOAK_CLIENT_ID,
    clientSecret: config.OIDC_CLIENT_SECRET,
    redirectUri: `${config.PUBLIC_URL}/auth/callback`,
    scope: 'openid profile email groups',
  });
  const verifier = new OidcVerifier({ ...shared, audience: config.OIDC_AUDIENCE });
  return {
    beginSignIn: () => login.begin(),
    finishSignIn: async (callback, begun) => personOf(await login.finish(callback, begunLogin.parse(begun) satisfies BegunLogin)),
    verifyBearer: async (token) => personOf(await verifier.verify(token)),
    endSessionUrl: () => login.endSessionUrl(`${config.PUBLIC_URL}/`),
  };
}

function personOf({ locale, ...claims }: OidcClaims): VerifiedPerson {
  return { ...claims, language: languageOf(locale ?? undefined) };
}
