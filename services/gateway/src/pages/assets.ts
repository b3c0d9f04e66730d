import { readFileSync } from 'node:fs';
import type { Hono } from 'hono';
import type { GatewayEnv } from '../gateway-env.js';

const files = [
  { name: 'page.css', type: 'text/css; charset=utf-8' },
  { name: 'docs.css', type: 'text/css; charset=utf-8' },
  { name: 'docs.js', type: 'text/javascript; charset=utf-8' },
].map((file) => ({ ...file, text: readFileSync(new URL(`../../assets/${file.name}`, import.meta.url), 'utf8') }));
const docsPage = readFileSync(new URL('../../assets/docs.html', import.meta.url), 'utf8');

/** The gateway's own few files. Nothing is loaded from elsewhere, so `script-src 'self'` suffices. */
export function registerAssets(app: Hono<GatewayEnv>): void {
  for (const { name, type, text } of files) {
    app.get(`/assets/${name}`, (c) =>
      c.body(text, 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=300' }),
    );
  }
  app.get('/docs', (c) => c.html(docsPage));
}
