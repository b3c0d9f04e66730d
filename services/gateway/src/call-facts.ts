import { randomUUID } from 'node:crypto';
import { currentTraceparent, inSpan, type Logger, SpanKind } from '@eaf/observability';
import type { MiddlewareHandler } from 'hono';
import type { CallMetrics } from './call-metrics.js';
import type { GatewayEnv } from './gateway-env.js';
import { languageOf } from './languages.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const traceparent = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** What is known of every call before anything else, and one line and figure about it afterwards. */
export function callFacts(logger: Logger, metrics: CallMetrics): MiddlewareHandler<GatewayEnv> {
  return async (c, next) => {
    const began = performance.now();
    const sent = c.req.header('x-correlation-id');
    const correlationId = sent && uuid.test(sent) ? sent.toLowerCase() : randomUUID();
    const trace = c.req.header('traceparent');
    const incoming = trace && traceparent.test(trace) ? trace : undefined;
    c.set('correlationId', correlationId);
    c.set('language', languageOf(c.req.header('accept-language')));
    c.header('X-Correlation-Id', correlationId);
    const call = await inSpan({ name: c.req.method, kind: SpanKind.SERVER, traceparent: incoming }, async (span) => {
      c.set('traceparent', currentTraceparent(incoming));
      await next();
      const facts = { method: c.req.method, route: c.get('route') ?? 'other', status: c.res.status };
      span.rename(`${facts.method} ${facts.route}`);
      span.note({
        'http.request.method': facts.method,
        'http.route': facts.route,
        'http.response.status_code': facts.status,
      });
      return facts;
    });
    const seconds = (performance.now() - began) / 1_000;
    metrics.observe({ ...call, seconds });
    logger.info(
      { ...call, operation: 'call', durationMs: Math.round(seconds * 1_000), correlationId, tenant: c.get('tenant') },
      'Answered',
    );
  };
}
