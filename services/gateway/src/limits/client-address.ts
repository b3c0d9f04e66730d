import type { Context } from 'hono';
import type { GatewayEnv } from '../gateway-env.js';

/**
 * The address that a stranger's calls are counted under. Only the entries that our own proxies added to
 * `X-Forwarded-For` are believed: the last one is what the outermost of them saw.
 */
export function clientAddress(c: Context<GatewayEnv>, trustedProxies: number): string {
  const peer = c.env.incoming.socket.remoteAddress ?? 'unknown';
  if (trustedProxies === 0) return peer;
  const chain = (c.req.header('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim());
  return chain.at(-trustedProxies) || peer;
}
