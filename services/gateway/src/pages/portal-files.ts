import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';
import type { GatewayEnv } from '../gateway-env.js';

/** The built portal at `/`, in set-ups without a server of its own. Must be registered last. */
export function registerPortalFiles(app: Hono<GatewayEnv>, directory: string | undefined): void {
  if (!directory) {
    app.get('/', (c) => c.redirect('/docs'));
    return;
  }
  // Files under /portal/ carry a hash of their content in their name: what was loaded once is never asked for again.
  app.use('/portal/*', async (c, next) => {
    await next();
    if (c.res.ok) c.header('Cache-Control', 'public, max-age=31536000, immutable');
  });
  app.get('*', serveStatic({ root: directory, precompressed: true }));
  // A page's address is the portal's to understand; only its frame comes from here.
  const frame = readFileSync(join(directory, 'index.html'), 'utf8');
  app.get('*', (c, next) => {
    const isPage = (c.req.header('accept') ?? '').includes('text/html') && !c.req.path.startsWith('/api/');
    if (!isPage) return next();
    c.header('Cache-Control', 'no-cache');
    return c.html(frame);
  });
}
