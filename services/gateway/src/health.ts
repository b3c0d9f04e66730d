import type { Hono } from 'hono';
import type { GatewayEnv } from './gateway-env.js';

/** Liveness and readiness under the usual names, and those that Spring-shaped platforms ask for. */
export function registerHealth(app: Hono<GatewayEnv>, isReady: () => Promise<boolean>): void {
  for (const path of ['/health/live', '/actuator/health/liveness']) app.get(path, (c) => c.json({ status: 'UP' }));
  for (const path of ['/health/ready', '/actuator/health/readiness']) {
    app.get(path, async (c) => ((await isReady()) ? c.json({ status: 'UP' }) : c.json({ status: 'DOWN' }, 503)));
  }
}
