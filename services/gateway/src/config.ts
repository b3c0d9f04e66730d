import { readConfig } from '@eaf/config';
import { z } from 'zod';

const flag = z.stringbool().default(false);

/** What the gateway reads from its environment. Every value may come as `<NAME>_FILE` instead. */
const variables = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().default('127.0.0.1'),
  /** As browsers see it. With https the cookie is `__Host-session` and HSTS is on. */
  PUBLIC_URL: z.url().transform((url) => url.replace(/\/+$/, '')),
  /** How many proxies stand in front and add to `X-Forwarded-For`. 0: the peer's address is the client's. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  OIDC_ISSUER: z.url().optional(),
  KEYCLOAK_URL: z.url().optional(),
  KEYCLOAK_REALM: z.string().optional(),
  KEYCLOAK_CLIENT_ID: z.string(),
  OIDC_CLIENT_SECRET: z.string(),
  /** Audience that bearer tokens must name. */
  OIDC_AUDIENCE: z.string(),
  /** What is asked for at sign-in. Keycloak refuses scopes it does not know, so one for groups is named only where there is one. */
  OIDC_SCOPE: z.string().default('openid profile email'),
  /** Lets the issuer be plain http on 127.0.0.1, as in the local set-up. */
  OIDC_ALLOW_INSECURE_LOOPBACK: flag,
  /** Claim that holds the person's groups. */
  GROUPS_CLAIM: z.string().default('groups'),
  NATS_URL: z.string(),
  NATS_USER: z.string(),
  NATS_PASSWORD: z.string(),
  /** PEM, Ed25519: signs what the gateway asks of services. */
  ACTOR_KEY_FILE: z.string(),
  INNER_PORT: z.coerce.number().int().default(0),
  INNER_HOST: z.string().default('127.0.0.1'),
  /** Lets calls play in the past by `X-Backdated-Seconds`: for the local set-up's history, and on loopback alone. */
  ALLOW_BACKDATING: flag,
  /** Built frontend to serve at `/`; absent: none. */
  PORTAL_DIR: z.string().optional(),
  LOG_LEVEL: z.string().default('info'),
});

const gatewayConfig = variables.transform(({ KEYCLOAK_URL, KEYCLOAK_REALM, OIDC_ISSUER, ...rest }, context) => {
  const issuer =
    OIDC_ISSUER ??
    (KEYCLOAK_URL && KEYCLOAK_REALM ? `${KEYCLOAK_URL.replace(/\/+$/, '')}/realms/${KEYCLOAK_REALM}` : undefined);
  if (rest.ALLOW_BACKDATING && !['127.0.0.1', 'localhost'].includes(new URL(rest.PUBLIC_URL).hostname)) {
    context.addIssue('ALLOW_BACKDATING is for a PUBLIC_URL on 127.0.0.1 alone');
    return z.NEVER;
  }
  if (issuer) return { ...rest, OIDC_ISSUER: issuer };
  context.addIssue('OIDC_ISSUER, or KEYCLOAK_URL and KEYCLOAK_REALM, must be set');
  return z.NEVER;
});
export type GatewayConfig = z.output<typeof gatewayConfig>;

/** @throws Error with one line a fault, naming variables and never their values */
export function readGatewayConfig(env: NodeJS.ProcessEnv): GatewayConfig {
  return readConfig(variables, env, gatewayConfig);
}
