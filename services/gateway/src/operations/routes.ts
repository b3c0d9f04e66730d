import type { Hono } from 'hono';
import type { GatewayEnv } from '../gateway-env.js';
import { type Answering, answer } from './answer.js';
import { publicOperations } from './public-operations.js';

/** The whole API: one route for each operation that has one. */
export function registerOperations(app: Hono<GatewayEnv>, parts: Answering): void {
  for (const operation of publicOperations) {
    const path = operation.http.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app.on(operation.http.method.toUpperCase(), path, (c) => {
      c.set('route', operation.http.path);
      return answer(c, operation, parts);
    });
  }
}
