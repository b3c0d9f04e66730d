import { getBrandColours, getBrandLogo } from '@dvmm/contracts';
import { refuse } from '@eaf/messaging/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bernd,
  erika,
  type GatewayUnderTest,
  nordwind,
  startGatewayUnderTest,
  suedstern,
} from './gateway-under-test.js';

let gateway: GatewayUnderTest;
const shades = { primary: '#846801', foreground: '#ffffff', hover: '#6b5500', tint: '#f6eedd' };
const dark = { primary: '#f1cf71', foreground: '#191201', hover: '#fce7b0', tint: '#322812' };
const png = Buffer.from('89504e470d0a1a0a00', 'hex');

beforeAll(async () => {
  gateway = await startGatewayUnderTest();
  gateway.peers.answer(getBrandColours, (_, { tenant }) =>
    tenant === nordwind ? { version: 'c1', light: shades, dark } : refuse('not-found'),
  );
  gateway.peers.answer(getBrandLogo, (_, { tenant }) =>
    tenant === nordwind ? { version: 'l1', png: png.toString('base64') } : refuse('not-found'),
  );
});
afterAll(() => gateway.stop());

describe("a tenant's branding", () => {
  it('comes as a stylesheet of four colours a theme, kept for good under its version', async () => {
    const response = await (await gateway.signIn(erika)).fetch('/api/v1/branding.css?v=c1');
    expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(await response.text()).toBe(
      ':root:root{--primary:#846801;--primary-foreground:#ffffff;--primary-hover:#6b5500;--primary-tint:#f6eedd}\n' +
        ':root[data-theme="dark"]{--primary:#f1cf71;--primary-foreground:#191201;--primary-hover:#fce7b0;--primary-tint:#322812}\n',
    );
  });

  it('comes as an image that no browser takes for anything else', async () => {
    const response = await (await gateway.signIn(erika)).fetch('/api/v1/branding/logo.png?v=l1');
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(png);
  });

  it.each(['/api/v1/branding.css', '/api/v1/branding.css?v=c0', '/api/v1/branding/logo.png?v=c1'])(
    'is kept by nobody when it is asked for as %s',
    async (path) => {
      const response = await (await gateway.signIn(erika)).fetch(path);
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    },
  );

  it.each(['/api/v1/branding.css?v=c1', '/api/v1/branding/logo.png?v=l1'])(
    '%s is for the people of its tenant',
    async (path) => {
      expect((await fetch(gateway.url + path)).status).toBe(401);
      const member = await gateway.signIn(bernd);
      const headers = { 'x-tenant': suedstern };
      expect((await member.fetch(path, { headers })).status).toBe(404);
      expect((await member.fetch(path, { headers: { 'x-tenant': nordwind } })).status).toBe(200);
    },
  );
});
