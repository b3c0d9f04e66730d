import { contracts } from '@dvmm/contracts';
import { eventSchema } from '@dvmm/contracts/json-schemas';
import type { Hono } from 'hono';
import type { GatewayEnv } from '../gateway-env.js';
import { Problem } from '../problems/problem.js';

/** What `dataschema` of a published event points at: `dvmm:/schemas/request.submitted.v1.json`. Facts about the product, open to all. */
export function registerSchemas(app: Hono<GatewayEnv>): void {
  const schemas = new Map<string, object>(
    contracts.events.map((definition) => [
      `${definition.type}.v${definition.version}.json`,
      {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        title: `${contracts.prefix}.${definition.type}.v${definition.version}`,
        description: definition.summary,
        ...eventSchema(contracts.prefix, definition),
      },
    ]),
  );
  app.get('/schemas/:file', (c) => {
    const schema = schemas.get(c.req.param('file'));
    if (!schema) throw new Problem('not-found');
    return c.body(JSON.stringify(schema), 200, { 'Content-Type': 'application/schema+json' });
  });
}
