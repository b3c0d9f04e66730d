import { randomUUID } from 'node:crypto';
import type { OidcLogin } from '@eaf/auth';
import type { Calls } from '@eaf/messaging';
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { GatewayEnv } from '../gateway-env.js';
import { clientAddress } from '../limits/client-address.js';
import type { Limits } from '../limits/limits.js';
import { backdatedSecondsOf } from '../operations/backdating.js';
import { Problem } from '../problems/problem.js';
import type { Cookies } from './cookies.js';
import { identify } from './open-session.js';
import type { SealedCookie } from './sealed-cookie.js';
import type { SessionStore } from './session-store.js';

const signInLifetimeMs = 10 * 60_000;
const begunSignIn = z.object({
  begun: z.object({ state: z.string(), nonce: z.string(), codeVerifier: z.string() }),
  returnTo: z.string(),
  setupToken: z.string().optional(),
});

export interface SignInParts {
  readonly calls: Calls;
  readonly login: OidcLogin;
  readonly sessions: SessionStore;
  readonly cookies: Cookies;
  readonly sealed: SealedCookie;
  readonly limits: Limits;
  readonly trustedProxies: number;
  readonly allowBackdating: boolean;
  readonly publicUrl: string;
}

/** OpenID Connect: authorization code with PKCE. What a sign-in needs to end rests sealed in the browser that began it. */
export function registerSignIn(app: Hono<GatewayEnv>, parts: SignInParts): void {
  const limitStrangers = (c: Context<GatewayEnv>) =>
    parts.limits.take(c, 'strangers', clientAddress(c, parts.trustedProxies));

  app.get('/auth/login', async (c) => {
    await limitStrangers(c);
    return begin(c, parts, { returnTo: ownPath(c.req.query('returnTo')) });
  });

  // The printed link of the first platform administrator. The token is spent when the sign-in has ended.
  app.get('/setup/:token', async (c) => {
    await limitStrangers(c);
    return begin(c, parts, { returnTo: '/', setupToken: c.req.param('token').slice(0, 100) });
  });

  app.get('/auth/callback', async (c) => {
    await limitStrangers(c);
    const sealed = parts.cookies.signIn(c);
    parts.cookies.clearSignIn(c);
    const begun = begunSignIn.safeParse(sealed && parts.sealed.open(sealed));
    if (!begun.success)
      throw new Problem('sign-in-failed', { cause: new Error('No sign-in has begun in this browser.') });
    const { returnTo, setupToken } = begun.data;
    // Built from the public URL: what stands in `Host` is the caller's word.
    const callback = new URL(`${parts.publicUrl}/auth/callback${new URL(c.req.url).search}`);
    const person = await parts.login.finish(callback, begun.data.begun).catch((cause: unknown) => {
      throw new Problem('sign-in-failed', { cause });
    });
    const correlationId = c.get('correlationId');
    const backdatedSeconds = backdatedSecondsOf(c.req.header('x-backdated-seconds'), parts.allowBackdating);
    const about = { correlationId, signIn: true, setupToken, backdatedSeconds };
    const { personId, memberships } = await identify(parts.calls, person, about);
    const [first] = [...memberships].sort((one, other) => Number(other.active) - Number(one.active));
    if (!first) throw new Problem('membership.none');
    const before = parts.cookies.session(c);
    if (before) await parts.sessions.end(before);
    const kept = memberships.map(({ tenantId, slug, name }) => ({ tenantId, slug, name }));
    // Always a new id, so that one planted before the sign-in opens nothing.
    parts.cookies.setSession(c, await parts.sessions.begin({ personId, tenantId: first.tenantId, memberships: kept }));
    return c.redirect(returnTo);
  });
}

async function begin(
  c: Context<GatewayEnv>,
  parts: SignInParts,
  wish: { returnTo: string; setupToken?: string },
): Promise<Response> {
  const { url, begun } = await parts.login.begin().catch((cause: unknown) => {
    throw new Problem('service-away', { cause });
  });
  parts.cookies.setSignIn(c, parts.sealed.seal({ begun, ...wish }, signInLifetimeMs), signInLifetimeMs / 1_000);
  c.header('Cache-Control', 'no-store');
  return c.redirect(url);
}

/** Only a path of our own: browsers read `//host` and `/\host` as another site. */
function ownPath(returnTo: string | undefined): string {
  const marker = `http://${randomUUID()}.invalid`;
  if (!returnTo?.startsWith('/') || !URL.canParse(returnTo, marker)) return '/';
  const { origin, pathname, search, hash } = new URL(returnTo, marker);
  return origin === marker ? `${pathname}${search}${hash}` : '/';
}
