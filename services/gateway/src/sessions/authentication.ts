import type { Context } from 'hono';
import type { GatewayEnv } from '../gateway-env.js';
import { Problem } from '../problems/problem.js';
import type { Bearers } from './bearers.js';
import type { Cookies } from './cookies.js';
import { refuseForeignSite } from './csrf.js';
import type { Principal, Principals } from './principals.js';
import type { Session, SessionStore } from './session-store.js';

export interface SignedIn {
  readonly principal: Principal;
  /** Absent for machines. */
  readonly browser?: { readonly cookie: string; readonly session: Session };
}

/**
 * Says who asks, and in which tenant. The tenant comes from the session or the token alone; `X-Tenant` only chooses
 * among those the person belongs to.
 */
export class Authentication {
  constructor(
    private readonly parts: {
      readonly sessions: SessionStore;
      readonly cookies: Cookies;
      readonly bearers: Bearers;
      readonly principals: Principals;
      readonly publicOrigin: string;
    },
  ) {}

  /**
   * A page says with `x-dvmm-background` that it asks by itself: that does not make the person present.
   * @param options.keepAwake false where only a browser asks that way
   * @throws Problem `not-signed-in`, `csrf`, `membership.none`, or `not-found` for a tenant that is not hers
   */
  async whoAsks(c: Context<GatewayEnv>, { keepAwake = true } = {}): Promise<SignedIn> {
    const authorization = c.req.header('authorization');
    const correlationId = c.get('correlationId');
    if (authorization !== undefined) {
      const [, token] = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization) ?? [];
      if (!token) throw notSignedIn();
      const { personId, memberships } = await this.parts.bearers.identify(token, correlationId);
      const principal = await this.#principal(
        c,
        personId,
        memberships,
        (memberships.find(({ active }) => active) ?? memberships[0])?.tenantId,
      );
      return { principal };
    }
    const browser = await this.browser(c);
    const { session, cookie } = browser;
    const principal = await this.#principal(c, session.personId, session.memberships, session.tenantId);
    if (keepAwake && c.req.header('x-dvmm-background') !== '1') await this.parts.sessions.keepAwake(cookie, session);
    return { principal, browser };
  }

  /** The session behind the cookie. */
  async browser(c: Context<GatewayEnv>): Promise<{ cookie: string; session: Session }> {
    const cookie = this.parts.cookies.session(c);
    const session = cookie ? await this.parts.sessions.find(cookie) : undefined;
    if (!cookie || !session) throw notSignedIn();
    refuseForeignSite(c, this.parts.publicOrigin);
    return { cookie, session };
  }

  async #principal(
    c: Context<GatewayEnv>,
    personId: string,
    memberships: readonly { readonly tenantId: string }[],
    usual: string | undefined,
  ): Promise<Principal> {
    const chosen = c.req.header('x-tenant');
    if (chosen !== undefined && !memberships.some(({ tenantId }) => tenantId === chosen))
      throw new Problem('not-found');
    const tenantId = chosen ?? usual;
    if (tenantId === undefined) throw new Problem('membership.none');
    c.set('tenant', tenantId);
    return this.parts.principals.of(personId, tenantId, c.get('correlationId')).catch((error: unknown) => {
      if (!(error instanceof Problem && error.code === 'not-found' && chosen === undefined)) throw error;
      // She belonged here when she signed in, and no longer does. Signing in anew leads to where she does belong, if anywhere.
      throw memberships.length > 1 ? notSignedIn(error) : new Problem('membership.none');
    });
  }
}

export function notSignedIn(cause?: unknown): Problem {
  return new Problem('not-signed-in', { headers: { 'WWW-Authenticate': 'Bearer' }, cause });
}
