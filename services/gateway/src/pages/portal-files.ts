import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';
import type { GatewayEnv } from '../gateway-env.js';

/** The built frontend at `/`, in set-ups without a server of its own. Must be registered last. */
export function registerPortalFiles(app: Hono<GatewayEnv>, directory: string | undefined): void {
  if (directory) app.get('*', serveStatic({ root: directory }));
  else app.get('/', (c) => c.redirect('/docs'));
}
