import { closeSession } from '@dvmm/contracts';
import type { OidcLogin } from '@eaf/auth';
import type { Calls } from '@eaf/messaging';
import type { Logger } from '@eaf/observability';
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { GatewayEnv } from '../gateway-env.js';
import type { Limits } from '../limits/limits.js';
import { Problem } from '../problems/problem.js';
import { askingFor } from './asking-for.js';
import type { Authentication } from './authentication.js';
import type { Cookies } from './cookies.js';
import type { Principal, Principals } from './principals.js';
import { idleLimitMs, type SessionStore } from './session-store.js';

export interface SessionRouteParts {
  readonly authentication: Authentication;
  readonly principals: Principals;
  readonly sessions: SessionStore;
  readonly cookies: Cookies;
  readonly login: OidcLogin;
  readonly publicUrl: string;
  readonly calls: Calls;
  readonly limits: Limits;
  readonly logger: Logger;
}

/** What a browser does with the session it has: look at it, work in another tenant, end it. */
export function registerSessionRoutes(app: Hono<GatewayEnv>, parts: SessionRouteParts): void {
  const { authentication, sessions, cookies } = parts;

  app.get('/auth/session', async (c) => {
    const { session } = await authentication.browser(c);
    await parts.limits.take(c, 'reads', `${session.tenantId}/${session.personId}`);
    const { personId, tenantId, memberships, seenAt } = session;
    c.header('Cache-Control', 'no-store');
    return c.json({ personId, tenantId, memberships, endsAt: new Date(seenAt + idleLimitMs).toISOString() });
  });

  app.post('/auth/tenant', async (c) => {
    const { cookie, session } = await authentication.browser(c);
    await parts.limits.take(c, 'writes', `${session.tenantId}/${session.personId}`);
    const wanted = z.object({ tenantId: z.uuid() }).safeParse(await c.req.json().catch(() => undefined));
    if (!wanted.success) throw new Problem('invalid-input', { errors: [{ pointer: '/tenantId', detail: 'UUID' }] });
    const { tenantId } = wanted.data;
    if (!session.memberships.some((membership) => membership.tenantId === tenantId)) throw new Problem('not-found');
    await parts.principals.of(session.personId, tenantId, c.get('correlationId')); // She may have left it since she signed in.
    await sessions.moveTo(cookie, tenantId);
    return c.json({ tenantId });
  });

  /** `{"everywhere": true}` ends the person's sessions in all browsers. */
  app.post('/auth/logout', async (c) => {
    const { cookie, session } = await authentication.browser(c);
    const body = z.object({ everywhere: z.boolean().optional() }).safeParse(await c.req.json().catch(() => ({})));
    if (body.data?.everywhere) await sessions.endAllOf(session.personId);
    await sessions.end(cookie);
    cookies.clearSession(c);
    const principal = { personId: session.personId, tenantId: session.tenantId };
    // The session is over whatever the trail's writer answers.
    await noteInTrail(c, parts.calls, principal).catch((error: Error) =>
      parts.logger.error(
        { operation: closeSession.name, tenant: session.tenantId, correlationId: c.get('correlationId'), err: error },
        'A sign-out is missing in the trail',
      ),
    );
    const continueAt = await parts.login.endSessionUrl(`${parts.publicUrl}/`).catch(() => undefined); // Ours has ended even while the provider is away.
    return c.json({ continueAt: continueAt ?? null });
  });
}

async function noteInTrail(
  c: Context<GatewayEnv>,
  calls: Calls,
  { personId, tenantId }: Pick<Principal, 'personId' | 'tenantId'>,
): Promise<void> {
  const asking = askingFor(c, { personId, tenantId, roles: [], scopes: [] });
  await calls.ask(closeSession, {}, asking, { idempotencyKey: asking.correlationId });
}
