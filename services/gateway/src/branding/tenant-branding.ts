import { getBrandColours, getBrandLogo } from '@dvmm/contracts';
import type { Calls } from '@eaf/messaging';
import { isRefusal } from '@eaf/messaging/contract';
import type { Context, Hono } from 'hono';
import type { GatewayEnv } from '../gateway-env.js';
import type { Limits } from '../limits/limits.js';
import { Problem } from '../problems/problem.js';
import { askingFor } from '../sessions/asking-for.js';
import type { Authentication } from '../sessions/authentication.js';

export interface BrandingParts {
  readonly authentication: Authentication;
  readonly limits: Limits;
  readonly calls: Calls;
}

/**
 * The tenant's colours and logo for whoever is signed in. The portal asks with the version that `GET /api/v1/me` names,
 * and what has that version never changes.
 */
export function registerBranding(app: Hono<GatewayEnv>, parts: BrandingParts): void {
  app.get('/api/v1/branding.css', async (c) => {
    const asking = await whoAsks(c, parts);
    const found = await parts.calls.ask(getBrandColours, {}, asking);
    if (isRefusal(found)) throw new Problem('not-found');
    keepWhile(c, found.version);
    // Twice `:root`, so that it wins over the portal's own colours wherever it stands in the page.
    const css = `:root:root{${declarations(found.light)}}\n:root[data-theme="dark"]{${declarations(found.dark)}}\n`;
    return c.body(css, 200, { 'Content-Type': 'text/css; charset=utf-8' });
  });

  app.get('/api/v1/branding/logo.png', async (c) => {
    const asking = await whoAsks(c, parts);
    const found = await parts.calls.ask(getBrandLogo, {}, asking);
    if (isRefusal(found)) throw new Problem('not-found');
    keepWhile(c, found.version);
    return c.body(new Uint8Array(Buffer.from(found.png, 'base64')), 200, { 'Content-Type': 'image/png' });
  });
}

async function whoAsks(c: Context<GatewayEnv>, { authentication, limits }: BrandingParts) {
  c.set('route', c.req.path);
  const { principal } = await authentication.whoAsks(c);
  await limits.take(c, 'reads', `${principal.tenantId}/${principal.personId}`);
  return askingFor(c, principal);
}

/** Asked for by another version than there is, or by none, it is true for this moment only. */
function keepWhile(c: Context<GatewayEnv>, version: string): void {
  c.header('Cache-Control', c.req.query('v') === version ? 'private, max-age=31536000, immutable' : 'no-store');
}

function declarations(shades: { primary: string; foreground: string; hover: string; tint: string }): string {
  const { primary, foreground, hover, tint } = shades;
  return `--primary:${primary};--primary-foreground:${foreground};--primary-hover:${hover};--primary-tint:${tint}`;
}
