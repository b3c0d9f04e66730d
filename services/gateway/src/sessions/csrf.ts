import type { Context } from 'hono';
import type { GatewayEnv } from '../gateway-env.js';
import { Problem } from '../problems/problem.js';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A change that comes with the cookie must show that our own page sent it: a header that no form can set and no foreign
 * page may send without our leave, and no word of the browser against it.
 */
export function refuseForeignSite(c: Context<GatewayEnv>, publicOrigin: string): void {
  if (safeMethods.has(c.req.method)) return;
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  if (c.req.header('x-requested-with') !== 'dvmm') throw new Problem('csrf');
  if (origin !== undefined && origin !== publicOrigin) throw new Problem('csrf');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Problem('csrf');
}
